"""`StopFlag`: whether someone has asked a job to stop."""

from __future__ import annotations

import threading
from contextlib import suppress
from types import TracebackType

from distributed import Event, get_client

from aecore.jobs.messages import stop_flag

WAIT_SECONDS = 1.0
# The scheduler is away, so that Dask's client has none; if it stays so, this whole process ends.
AWAY = (OSError, TimeoutError, AttributeError)


class StopFlag:
    """`flag()` is true once a server has asked; waiting for that costs the job no time.

    A thread of its own waits for the scheduler to say so, which is sooner and cheaper than
    asking it between batches.
    """

    def __init__(self, job_id: str) -> None:
        self._event = Event(stop_flag(job_id), client=get_client())
        self._asked, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name=f"stop-{job_id[:8]}")

    def __enter__(self) -> StopFlag:
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()

    def __call__(self) -> bool:
        return self._asked.is_set()

    def _look(self) -> None:
        """A job that was stopped while it waited need not begin."""
        with suppress(*AWAY):
            if self._event.is_set():
                self._asked.set()

    def _watch(self) -> None:
        while not self._over.is_set():
            try:
                if self._event.wait(timeout=WAIT_SECONDS):
                    self._asked.set()
                    return
            except AWAY:
                self._over.wait(WAIT_SECONDS)
