"""Start and Stop, why Start is off, and what keeps the training worker."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from aecore.settings import controls
from ui.app import session
from ui.base import text

POLL_SECONDS = 1.5
REFUSED = "start_refused"
STOPPING = "stopping"
WAITING = "start_waits_for_engine"
BEFORE = "run_before"
WARMING = (
    ":material/hourglass_top: Getting ready (first time only). "
    "You can press Start already; the run begins by itself in a few seconds."
)


def buttons(wrong: dict[str, str], run_id: str | None, live: bool) -> None:
    """Start and Stop side by side, each in its place at all times.

    Args:
        wrong: field path -> sentence; not empty, Start is off.
        live: whether the run is queued or running.
    """
    st.button(
        "Start",
        key="start",
        type="primary",
        icon=":material/play_arrow:",
        disabled=bool(wrong) or live or is_waiting(),
        help=None if not wrong else "The settings cannot be run yet; see below.",
        on_click=start,
    )
    st.button(
        "Stop",
        key="stop",
        icon=":material/stop:",
        disabled=not live,
        on_click=_stop,
        args=(run_id,),
    )


def messages(wrong: dict[str, str]) -> None:
    """Why Start is off or was refused, and what keeps the worker."""
    titles = {control.path: control.title for control in controls(session.draft())}
    for path, problem in wrong.items():
        title = f"**{text.plain(titles[path])}.** " if path in titles else ""
        st.warning(f"{title}{text.plain(problem)}", icon=":material/block:")
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        session.show_error(refused)
    ready, up = worker_is_ready(), session.engine_is_up()
    st.fragment(_worker, run_every=None if ready else POLL_SECONDS)(up, ready)


def start() -> None:
    """Submit the draft as a job and look at it; a second click while it runs does nothing.

    In the first seconds of the server there is no engine yet: then the start waits for it, and
    the page does not.
    """
    if not session.engine_is_up():
        st.session_state[WAITING] = True
        return
    try:
        if session.is_live():
            return
        before = session.current_run_id()
        run_id = session.engine().train(Experiment.of(session.draft()))
        session.open_run(run_id)
        st.session_state[BEFORE] = (run_id, before or "")
    except LabError as error:
        st.session_state[REFUSED] = error


def start_again(kept: StoredExperiment) -> None:
    """Fill the form with a run's settings and train it once more.

    Where some could not be read, that would be another experiment: then Start is left to the user.
    """
    try:
        session.use_settings(kept)
    except LabError as error:
        st.session_state[REFUSED] = error
        return
    if kept.is_whole:
        start()


def is_waiting() -> bool:
    """Whether Start was pressed before there was an engine."""
    return WAITING in st.session_state


def is_stopping(run_id: str) -> bool:
    """Whether this tab has asked the run to stop."""
    return bool(st.session_state.get(STOPPING) == run_id)


def run_before(run_id: str) -> str:
    """The run that this tab looked at when it started the one; empty for none."""
    started, before = st.session_state.get(BEFORE, ("", ""))
    return str(before) if started == run_id else ""


def worker_is_ready() -> bool:
    """Whether a run would begin at once."""
    return session.engine_is_up() and session.engine().state == "ready"


def _stop(run_id: str) -> None:
    try:
        session.engine().stop(run_id)
        st.session_state[STOPPING] = run_id
    except LabError as error:
        st.session_state[REFUSED] = error


def _worker(was_up: bool, was_ready: bool) -> None:
    """Watches the worker: draws the page again once it can begin, and says what keeps it."""
    failure = session.engine_failure()
    if failure is not None and st.session_state.pop(WAITING, False):
        # Start, which is off while it waits, must hear of it as well.
        st.session_state[REFUSED] = failure
        st.rerun()
    waited = session.engine_is_up() and st.session_state.pop(WAITING, False)
    if waited:
        start()
    # Once it is ready, what it has is told beside the model.
    if waited or session.engine_is_up() != was_up or worker_is_ready() != was_ready:
        st.rerun()
    trouble = session.engine().trouble if was_up else session.engine_trouble()
    if trouble is not None:
        session.show_error(trouble)
