"""Deleting a run with what stands under it, and undoing that for the rest of the visit."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError, SpaceError
from ui.app import session
from ui.base.text import plain

# Name of the run that was deleted last, and the ids to bring back.
LAST, FAILURE = "last_deleted", "undo_failure"


def can_be_undone() -> bool:
    """Whether a deleted run stays for a while; where others share the disk, nothing does."""
    return not session.access().mode.tells_apart


def delete(run_id: str) -> None:
    """Delete a run and those under it, these first, so that one which still trains keeps its run.

    Raises:
        LabError: it is going on, or the store cannot be written.
    """
    store = session.store()
    name = store.summary(run_id).name
    ids = [*(child.run_id for child in store.children(run_id)), run_id]
    _forget_last()
    if not can_be_undone():
        for each in ids:
            store.delete(each)
        return
    try:
        for each in ids:
            store.hide(each)
    except SpaceError:
        # On a full disk room is what is needed.
        for each in ids:
            if store.find(each) is not None:
                store.delete(each)
        return
    st.session_state[LAST] = (name, ids)


def offer_undo() -> None:
    """A line with a button that brings back what was deleted last; nothing without it."""
    error = st.session_state.pop(FAILURE, None)
    if error is not None:
        session.show_error(error)
    if LAST not in st.session_state:
        return
    name, ids = st.session_state[LAST]
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f":material/delete: **{plain(name)}** was deleted.", width="content")
        st.button("Undo", icon=":material/undo:", key="undo-deletion", on_click=_undo, args=(ids,))


def _undo(ids: list[str]) -> None:
    try:
        for each in reversed(ids):
            session.store().restore(each)
        session.open_run(ids[-1])
    except LabError as error:
        st.session_state[FAILURE] = error
    st.session_state.pop(LAST, None)


def _forget_last() -> None:
    """What was deleted before is gone for good."""
    _, ids = st.session_state.pop(LAST, ("", []))
    for each in ids:
        session.store().erase_hidden(each)
