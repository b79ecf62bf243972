"""Space: how much runs, files and maps take, what makes room, and deleting all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from aecore.access.allowance import MAPS, RUNS, UPLOADS
from aecore.data import DATASETS
from aecore.data.uploads import is_upload
from aecore.errors import LabError
from ui.app import belongings, session
from ui.base.text import counted, megabytes, plain
from ui.form import drafts
from ui.runs.runs_table import forget_selection

if TYPE_CHECKING:
    from aecore.runs.space import Kept

OPEN, FAILURE, GOING = "space-open", "space_failure", "forgetting"
ALMOST_FULL = 0.9
# Room is made in steps of which each is felt.
SHARES = {"a tenth": 0.1, "a quarter": 0.25, "a half": 0.5, "all": 1.0}
TITLES = {RUNS: "Runs", UPLOADS: "Files", MAPS: "Maps of codes"}
ONE = {RUNS: "run", UPLOADS: "file", MAPS: "map"}
NAMES_SHOWN = 8
TICK_SECONDS = 0.5


def show_space() -> None:
    """What is kept beside what may be kept, and the ways to have less; counted once opened."""
    place = st.expander("Space", icon=":material/database:", key=OPEN, on_change="rerun")
    with place:
        error = st.session_state.pop(FAILURE, None)
        if error is not None:
            session.show_error(error)
        if place.open:
            _show_groups()


def _show_groups() -> None:
    from aecore.runs.space import total

    things = belongings.kept()
    for group, title in TITLES.items():
        own = [each for each in things if each.group == group and each.is_own]
        _show_group(group, title, own, total(things, group))
    st.caption(
        "Nothing is deleted by itself. At its limit nothing more of a kind is begun until there is "
        "room; the oldest that are not pinned are offered first."
    )
    own = [each for each in things if each.is_own]
    if st.button(
        "Delete everything of mine",
        icon=":material/delete_forever:",
        key="forget",
        disabled=not own,
    ):
        _forget_everything(own)


def _show_group(group: str, title: str, own: Sequence[Kept], taken: int) -> None:
    most = session.access().allowance.most_bytes(group)
    with st.container(horizontal=True, vertical_alignment="center"):
        share = min(1.0, taken / most) if most else 0.0
        of = f" of {megabytes(most)}" if most else ""
        sign = ":material/warning: " if share >= ALMOST_FULL else ""
        st.progress(share, text=f"{sign}**{title}**: {len(own):,}, {megabytes(taken)}{of}")
        if st.button(
            "Make room",
            key=f"room-{group}",
            icon=":material/cleaning_services:",
            disabled=not any(each.may_go for each in own),
        ):
            _make_room(group, own)


@st.dialog("Make room", icon=":material/cleaning_services:")
def _make_room(group: str, own: Sequence[Kept]) -> None:
    from aecore.runs.space import to_make_room, total

    may_go = [each for each in own if each.may_go]
    share = st.segmented_control(
        f"How much of the space of {counted(len(may_go), ONE[group])} that may go",
        list(SHARES),
        default=next(iter(SHARES)),
        required=True,
        key="room-share",
    )
    going = to_make_room(own, group, max(1, round(SHARES[share] * total(may_go, group))))
    st.write(
        f"Delete the {counted(len(going), f'oldest {ONE[group]}')}, "
        f"{megabytes(total(going, group))}? This cannot be undone."
    )
    names = [f"- {plain(each.title)}, {each.kept_at:%d %b %Y %H:%M}" for each in going]
    left = len(names) - NAMES_SHOWN
    st.markdown("\n".join([*names[:NAMES_SHOWN], *([f"- and {left:,} more"] if left > 0 else [])]))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep them", key="room-keep"):
            st.rerun()
        if st.button("Delete", type="primary", key="room-delete", on_click=_discard, args=(going,)):
            st.rerun()


@st.dialog("Delete everything of mine", icon=":material/delete_forever:")
def _forget_everything(own: Sequence[Kept]) -> None:
    kinds = [counted(sum(each.group == group for each in own), one) for group, one in ONE.items()]
    st.write(
        f"Delete {', '.join(kinds[:-1])} and {kinds[-1]}, pinned ones too, and stop what is under "
        "way? This cannot be undone."
    )
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep it", key="forget-not"):
            st.rerun()
        if st.button("Delete everything", type="primary", key="forget-now", on_click=_forget):
            st.rerun()


def show_forgetting() -> None:
    """Until what was under way has ended and everything is deleted, how far that is."""
    if st.session_state.get(GOING):
        st.fragment(_go_on_forgetting, run_every=TICK_SECONDS)()


def _go_on_forgetting() -> None:
    st.caption(":material/hourglass_top: Stopping what is under way, then everything is deleted.")
    _forget()
    if not st.session_state.get(GOING):
        st.rerun()


def _forget() -> None:
    try:
        st.session_state[GOING] = not belongings.forget()
    except LabError as error:
        st.session_state[GOING], st.session_state[FAILURE] = False, error
    _look_at_what_is_left()


def _discard(going: Sequence[Kept]) -> None:
    from aecore.runs.space import discard

    try:
        discard(session.store(), going)
    except LabError as error:
        st.session_state[FAILURE] = error
    _look_at_what_is_left()


def _look_at_what_is_left() -> None:
    forget_selection()
    there = {run.run_id for run in session.store().summaries()}
    if session.current_run_id() not in there:
        session.close_run()
    source = session.draft().data.source
    if is_upload(source) and source not in {each.source for each in belongings.uploads()}:
        drafts.switch_source(next(iter(DATASETS)))
