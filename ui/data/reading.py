"""How a file was read: what was guessed, left out or changed, and the controls that overrule it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import streamlit as st
from pydantic import ValidationError

from aecore.data.loading import reading_options_of
from aecore.data.reading_notes import ReadingNote, guessed
from aecore.data.reading_options import AUTO, ReadingOptions
from aecore.settings import Control, controls
from ui.base import text

Overrule = Callable[[str, ReadingOptions], None]
KEY = "reading"
ICONS = {"advice": ":material/help:", "guess": ":material/question_mark:"}
LEFT_OUT = ":material/info:"


def told(
    source: str, reading: ReadingOptions, notes: Sequence[ReadingNote], overrule: Overrule
) -> None:
    """A line for each thing that was left out, made missing or is to be decided.

    Args:
        overrule: looks at a data set, read in another way.
    """
    for place, note in enumerate(note for note in notes if note.about != "guess"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{ICONS.get(note.about, LEFT_OUT)} {text.plain(note.sentence)}")
            if note.action and note.option in reading_options_of(source):
                st.button(
                    note.action,
                    key=f"{KEY}:action:{place}:{reading.key}",
                    on_click=_set,
                    args=(source, reading, note.option, _added(reading, note), overrule),
                )


def choices(
    source: str,
    reading: ReadingOptions,
    notes: Sequence[ReadingNote],
    overrule: Overrule,
    *,
    expanded: bool = False,
) -> None:
    """Every option of how this file is read, beside what was found; nothing for other data."""
    heeded = reading_options_of(source)
    if not heeded:
        return
    box = st.expander(
        "How the file was read",
        icon=":material/description:",
        key=f"{KEY}:{source}",
        expanded=expanded,
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        for control in controls(reading):
            if control.path not in heeded:
                continue
            left, right = st.columns([2, 3], vertical_alignment="bottom")
            with left:
                _draw(control, source, reading, notes, overrule)
            for note in notes:
                if note.option == control.path and note.about == "guess":
                    right.caption(text.plain(note.sentence))


def _draw(
    control: Control,
    source: str,
    reading: ReadingOptions,
    notes: Sequence[ReadingNote],
    overrule: Overrule,
) -> None:
    value, found = getattr(reading, control.path), guessed(notes, control.path)
    key = f"{KEY}:{control.path}:{reading.key}:{source}"
    common: dict[str, Any] = {
        "label": control.title,
        "help": control.help,
        "key": key,
        "on_change": _take,
        "args": (control, key, source, reading, overrule),
    }
    if control.kind == "choice":
        _choice(control, value, found, common)
    elif control.kind == "integer":
        st.number_input(
            **common,
            value=value,
            min_value=int(control.ge or 0),
            max_value=int(control.le or 0),
            step=1,
            placeholder=_as_found(found),
        )
    elif control.kind == "text":
        st.text_input(**common, value=value, placeholder=_as_found(found))
    else:
        st.multiselect(
            **common,
            options=list(map(_shown, value)),
            default=list(map(_shown, value)),
            accept_new_options=True,
            placeholder="The usual ones" if control.kind == "names" else "None",
        )


def _choice(control: Control, value: str, found: Any, common: dict[str, Any]) -> None:
    titles = {choice.value: choice.title for choice in control.choices}
    if found in titles:
        titles[AUTO] = f"{titles[AUTO]}: {titles[found]}"
    st.selectbox(
        **common,
        options=list(titles),
        index=list(titles).index(value),
        format_func=titles.__getitem__,
    )


def _as_found(found: Any) -> str:
    return "As found" if found is None else f"As found: {found}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"


def _take(
    control: Control, key: str, source: str, reading: ReadingOptions, overrule: Overrule
) -> None:
    value = st.session_state[key]
    if control.kind == "numbers":
        value = [number for number in map(_number, value) if number is not None]
    _set(source, reading, control.path, value, overrule)


def _number(typed: str) -> float | None:
    with suppress(ValueError):
        return float(typed.replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    return None


def _set(source: str, reading: ReadingOptions, name: str, value: Any, overrule: Overrule) -> None:
    """Look at the data set anew; a value that the option refuses changes nothing."""
    given = {**reading.model_dump(mode="json"), name: value}
    with suppress(ValidationError):
        overrule(source, ReadingOptions.model_validate(given))


def _added(reading: ReadingOptions, note: ReadingNote) -> Any:
    """What a note's action sets: the items of a list come after those there are."""
    if not isinstance(note.value, list | tuple):
        return note.value
    before = list(getattr(reading, note.option))
    return [*before, *(item for item in note.value if item not in before)]
