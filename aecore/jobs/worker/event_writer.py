"""`EventWriter`: writes what a run tells to the run store without slowing the training."""

from __future__ import annotations

import logging
import threading
from types import TracebackType

from aecore.errors import RunStoreError
from aecore.progress import Event
from aecore.runs import RunStore

WRITE_SECONDS = 1.0

_log = logging.getLogger(__name__)


class EventWriter:
    """Appends events to the run's file at once, and epochs to its metrics at most once a second.

    The file is there for whoever comes after a process that was killed; metrics take milliseconds,
    and are written beside the training. What the store refuses for a while is kept and written
    later; leaving the context writes the rest, and raises `RunStoreError` if the metrics are
    refused then too and nothing else went wrong.
    """

    def __init__(self, store: RunStore, run_id: str) -> None:
        self._store = store
        self._run_id = run_id
        self._unwritten: list[Event] = []
        self._waiting: list[Event] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True, name="event-writer")

    def add(self, event: Event) -> None:
        """Have an event written: once this returns, nothing but the disk can lose it."""
        self._unwritten.append(event)
        self._append()
        if event["event"] == "epoch":
            with self._lock:
                self._waiting.append(event)

    def __enter__(self) -> EventWriter:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        self._append()
        if error is None:
            self._write()
        else:
            self._try_to_write()

    def _append(self) -> None:
        try:
            while self._unwritten:
                self._store.log_event(self._run_id, self._unwritten[0])
                del self._unwritten[0]
        except RunStoreError as error:
            if len(self._unwritten) == 1:
                # The first of them; there may be thousands.
                _log.warning("Events of run %s wait: %s", self._run_id, error)

    def _work(self) -> None:
        while not self._over.wait(WRITE_SECONDS):
            self._try_to_write()

    def _try_to_write(self) -> None:
        try:
            self._write()
        except RunStoreError as error:
            _log.warning("Epochs of run %s wait: %s", self._run_id, error)

    def _write(self) -> None:
        with self._lock:
            batch = list(self._waiting)
        self._store.log_epochs(self._run_id, batch)
        with self._lock:
            del self._waiting[: len(batch)]
