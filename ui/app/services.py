"""What belongs to the server, for all its tabs: the run store and the job engine."""

from __future__ import annotations

import gc
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from aecore.errors import JobError, LabError
from aecore.runs.run_view import RunView

if TYPE_CHECKING:
    from aecore.access import Access
    from aecore.jobs.server.engine import JobEngine
    from aecore.jobs.server.engine_access import EngineAccess
    from aecore.runs.run_access import RunAccess
    from aecore.runs.store import RunStore

# Reading a run's events again on every click would be felt; a change elsewhere shows this late.
KEPT_VIEW_SECONDS = 2
# The engine's imports would compete with the first page, in the server for the interpreter and in
# the browser for a core; they begin once it has been sent and had time to be drawn.
FIRST_PAGE_SECONDS = 2
DRAWING_SECONDS = 1.0
_PAINTED = threading.Event()
_NEEDED = threading.Event()
CLOSE_SECONDS = 20
# Why the engine did not start, the last time at the end.
_TROUBLE: deque[LabError] = deque(maxlen=1)


def store() -> RunStore:
    """The run store, one per server.

    Raises:
        RunStoreError: it cannot be opened.
    """
    if engine_is_up():
        return opened_store()
    with st.spinner("Opening the runs"):
        return opened_store()


def engine() -> JobEngine:
    """The job engine, one per server; waits for it in the first seconds of the server's life.

    Raises:
        LabError: the engine or the run store cannot be started; the next call tries again.
    """
    painted()
    _NEEDED.set()
    coming = _engine_coming()
    try:
        return coming.result()
    except Exception as error:
        _engine_coming.clear()
        _TROUBLE.append(_told(error))
        raise _TROUBLE[-1] from error


def engine_is_up() -> bool:
    """Whether `engine()` answers at once; if nobody has asked before, it begins to start."""
    coming = _engine_coming()
    return coming.done() and coming.exception() is None


def engine_failure() -> LabError | None:
    """Why the engine did not start; the next question tries again."""
    coming = _engine_coming()
    error = coming.exception() if coming.done() else None
    if error is None:
        return None
    _engine_coming.clear()
    _TROUBLE.append(_told(error))
    return _TROUBLE[-1]


def engine_trouble() -> LabError | None:
    """Why the engine did not start when that was tried last; None while all is well."""
    return engine_failure() or (_TROUBLE[-1] if _TROUBLE else None)


def shut_down() -> None:
    """End the engine with its processes in good order, before the server ends."""
    _engine_coming.clear()


def store_for(access: Access) -> RunAccess:
    """The run store as a visitor may use it. Errors are those of `store`."""
    from aecore.runs.run_access import RunAccess

    return RunAccess(store(), access)


def engine_for(access: Access) -> EngineAccess:
    """The job engine as a visitor may use it. Errors are those of `engine`."""
    from aecore.jobs.server.engine_access import EngineAccess

    return EngineAccess(engine(), store_for(access), access)


def view(run_id: str, access: Access) -> RunView:
    """The run as it is now: live from the engine, or kept.

    Raises:
        LabError: there is no such run for the visitor, or the store cannot be read.
    """
    return engine_for(access).view(run_id) or view_from_store(run_id, access)


def view_from_store(run_id: str, access: Access) -> RunView:
    """The run as it was kept, up to two seconds ago. Errors are those of `view`."""
    if access.mode.tells_apart:
        store_for(access).summary(run_id)
    return kept_view(run_id)


def ended_view(run_id: str, access: Access) -> RunView:
    """A run that has ended, read once and then kept. Errors are those of `view`."""
    if access.mode.tells_apart:
        store_for(access).summary(run_id)
    return _ended_view(run_id)


def painted() -> None:
    """Say that a page has been drawn, so that the engine can be imported; app.py's last act."""
    _PAINTED.set()


@st.cache_resource(show_spinner=False)
def opened_store() -> RunStore:
    """The run store, once it is open, without a word on screen meanwhile.

    Raises:
        RunStoreError: it cannot be opened.
    """
    from aecore.runs.store import RunStore

    store = RunStore()
    store.open()
    return store


@st.cache_resource(show_spinner=False, ttl=KEPT_VIEW_SECONDS, max_entries=16)
def kept_view(run_id: str) -> RunView:
    """The run as the store has it, up to two seconds ago.

    Raises:
        RunStoreError: there is no such run, or the store cannot be read.
    """
    return store().view(run_id)


@st.cache_resource(show_spinner=False, max_entries=16)
def _ended_view(run_id: str) -> RunView:
    return store().view(run_id)


def _told(error: BaseException) -> LabError:
    if isinstance(error, LabError):
        return error
    return JobError(
        "The job engine could not be started.", "See the terminal for the reason, then restart."
    )


def _close(coming: Future[JobEngine]) -> None:
    with suppress(Exception):
        coming.result(CLOSE_SECONDS).close()


@st.cache_resource(show_spinner=False, on_release=_close)
def _engine_coming() -> Future[JobEngine]:
    starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine-start")
    coming = starter.submit(_start_engine)
    starter.shutdown(wait=False)
    return coming


def _start_engine() -> JobEngine:
    _PAINTED.wait(FIRST_PAGE_SECONDS)
    _NEEDED.wait(DRAWING_SECONDS)
    from aecore.jobs.server.engine import JobEngine

    engine = JobEngine(opened_store())
    engine.start()
    _TROUBLE.clear()
    # Streamlit collects garbage after every run of a page; without this it would search through
    # all that was imported each time, which many live viewers would feel.
    gc.collect()
    gc.freeze()
    return engine
