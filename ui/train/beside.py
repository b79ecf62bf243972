"""Which run stands beside the form: the open one, or a visitor's latest."""

from __future__ import annotations

import streamlit as st

from aecore import environment
from aecore.errors import LabError
from aecore.runs.database import NAME as DATABASE
from aecore.runs.run_view import RunView
from ui.app import session

CONTINUED = "continued"
TROUBLE = "run_trouble"
HAS_RUNS = "has_runs"


def continue_latest() -> None:
    """On a visit that asks for nothing, look at the run that was trained last, once."""
    if st.session_state.get(CONTINUED) or not session.engine_is_up():
        return
    st.session_state[CONTINUED] = True
    latest = _latest()
    if latest and session.current_run_id() is None and not session.came_with_settings():
        session.open_run(latest)


def is_first_visit() -> bool:
    """Whether this visitor has trained nothing yet; a guess until the runs can be asked."""
    if st.session_state.get(HAS_RUNS):
        return False
    if not session.engine_is_up():
        return not (environment.home() / DATABASE).exists()
    return not _latest()


def _latest() -> str:
    """The visitor's latest run by itself; empty without one, or where the store cannot tell."""
    owns = session.access().owns
    try:
        runs = session.store().summaries()
    except LabError:
        # Whatever else asks the store says what is wrong with it.
        return ""
    latest = next((run.run_id for run in runs if owns(run.visitor) and not run.parent), "")
    st.session_state[HAS_RUNS] = bool(latest)
    return latest


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
