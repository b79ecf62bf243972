"""`broadcast`: how a worker tells every server of its jobs, also one that asks late."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from distributed import get_worker

from aecore.jobs.kind import View
from aecore.jobs.messages import TOPIC
from aecore.jobs.recording import EventLog, Message
from aecore.progress import Emit, Event

_logs: dict[str, EventLog[Any]] = {}
_lock = threading.Lock()


@contextmanager
def broadcast(
    job_id: str, view: View, superseded: tuple[str, ...] = ()
) -> Iterator[tuple[Emit, EventLog[View]]]:
    """A function that sends an event of this job to every server, and the log of what it sent."""
    worker = get_worker()
    log = EventLog(view, superseded)

    def tell(event: Event) -> None:
        worker.log_event(TOPIC, {"job": job_id, **log.tell(event)})

    with _lock:
        _logs[job_id] = log
    try:
        yield tell, log
    finally:
        with _lock:
            del _logs[job_id]


def backlog(job_id: str) -> list[Message]:
    """What this worker has told of a job so far; nothing for a job of another."""
    with _lock:
        log = _logs.get(job_id)
    return log.messages() if log is not None else []
