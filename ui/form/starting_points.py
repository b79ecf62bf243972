"""Starting points of the form: what a user wants to do, and presets that fill the form for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from aecore.data import is_known
from aecore.experiment.differences import differences, in_words
from aecore.experiment.preset import Task
from aecore.experiment.presets import (
    PRESETS,
    in_sight,
    left_out,
    preset_for,
    suiting,
    tasks,
)
from ui.app import session
from ui.base import text
from ui.form import drafts, fields

TASK = "task"
TASK_KEY = "form:task"
PRESET_KEY, MORE_KEY = "form:start_from", "form:start_from_more"
OWN = "Your own settings"


def choose() -> None:
    """Tasks, and presets; the one that the form is equal to is lit."""
    _task_pills()
    data = session.draft().data
    known = is_known(data.source, data.reading)
    names = suiting(data.source, data.reading) if known else ()
    first, chosen = in_sight(names), drafts.matching_preset()
    _pills("Preset", first, chosen, PRESET_KEY)
    others = [name for name in names if name not in first]
    if others:
        more = f"More: {PRESETS[chosen].title}" if chosen in others else "More presets"
        with st.popover(more, key="more_presets", type="tertiary"):
            _pills("More presets", others, chosen, MORE_KEY)
            if known:
                _tell_left_out(left_out(data.source, data.reading))
    st.caption(_said_of(chosen))


def next_pages() -> dict[str, tuple[str, str]]:
    """The pages that a run leads to, by the task: page -> what a link says, and its icon."""
    compress, _ = next(iter(tasks().values()))
    pages = {each.page: (each.page_title, each.icon) for each in (_task(), compress)}
    pages.setdefault("latent_space", ("See the latent space", "scatter_plot"))
    return {page: (title, f":material/{icon}:") for page, (title, icon) in list(pages.items())[:2]}


def _task_pills() -> None:
    known = tasks()
    fields.show(TASK_KEY, _task().name)
    st.pills(
        "What do you want to do?",
        list(known),
        format_func=lambda name: known[name][0].title,
        key=TASK_KEY,
        required=True,
        help="\n".join(f"- **{task.title}**: {task.summary}" for task, _ in known.values()),
        on_change=_take_task,
        wrap=True,
    )


def _pills(label: str, names: Sequence[str], chosen: str | None, key: str) -> None:
    fields.show(key, chosen if chosen in names else None)
    st.pills(
        label,
        names,
        format_func=lambda name: PRESETS[name].title,
        key=key,
        required=True,
        help="\n".join(f"- **{PRESETS[name].title}**: {PRESETS[name].summary}" for name in names),
        on_change=_take_preset,
        args=(key,),
        wrap=True,
    )


def _said_of(chosen: str | None) -> str:
    """What the preset is for, and what it changes of what is suggested for the data set."""
    if chosen is None:
        return f"{OWN}, begun from “{PRESETS[drafts.started_from()].title}”."
    data = session.draft().data
    suggested = PRESETS[next(iter(PRESETS))].tree(data.source, data.reading)
    found = in_words(differences(suggested, PRESETS[chosen].tree(data.source, data.reading)))
    changes = f" Changes {found}." if found else ""
    return f"{PRESETS[chosen].summary}{text.plain(changes)}"


def _tell_left_out(reasons: Mapping[str, str]) -> None:
    """The presets that are not offered for this data set, with the reasons behind a mark."""
    if not reasons:
        return
    titles = ", ".join(PRESETS[name].title for name in reasons)
    told = (f"- **{PRESETS[name].title}**: {text.plain(why)}" for name, why in reasons.items())
    st.caption(f"Not offered for this data: {titles}.", help="\n".join(told))


def _task() -> Task:
    """What the user wants to do; at first, the first that there is."""
    known = tasks()
    task, _ = known.get(st.session_state.get(TASK, ""), next(iter(known.values())))
    return task


def _take_task() -> None:
    task, data = st.session_state[TASK_KEY], session.draft().data
    if task in tasks():
        st.session_state[TASK] = task
        drafts.start_from(preset_for(task, data.source, data.reading))


def _take_preset(key: str) -> None:
    preset = st.session_state[key]
    if preset not in PRESETS:
        return
    task = PRESETS[preset].task
    if task is not None:
        st.session_state[TASK] = task.name
    drafts.start_from(preset)
