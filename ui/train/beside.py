"""Which run stands beside the form: the open one, or a visitor's latest."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.runs.run_view import RunView
from ui.app import session

CONTINUED = "continued"
TROUBLE = "run_trouble"


def continue_latest() -> None:
    """On a visit that asks for nothing, look at the run that was trained last, once."""
    if st.session_state.get(CONTINUED) or not session.engine_is_up():
        return
    st.session_state[CONTINUED] = True
    if session.current_run_id() is not None or session.came_with_settings():
        return
    try:
        owns = session.access().owns
        runs = session.store().summaries()
        latest = next((run for run in runs if owns(run.visitor) and not run.parent), None)
    except LabError:
        # Whatever else asks the store says what is wrong with it.
        return
    if latest is not None:
        session.open_run(latest.run_id)


def opened_view(run_id: str | None) -> RunView | None:
    """The run as it is now; None without one, or where it cannot be read, which `trouble` tells."""
    st.session_state.pop(TROUBLE, None)
    if run_id is None or not session.engine_is_up():
        return None
    try:
        return session.view(run_id)
    except LabError as error:
        st.session_state[TROUBLE] = error
        return None


def trouble() -> LabError | None:
    """Why the open run cannot be shown."""
    found: LabError | None = st.session_state.get(TROUBLE)
    return found
