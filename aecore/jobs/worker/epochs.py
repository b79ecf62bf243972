"""`EpochWriter`: writes epochs to the run store without slowing the training."""

from __future__ import annotations

import logging
import threading
from types import TracebackType

from aecore.errors import RunStoreError
from aecore.progress import Event
from aecore.runs import RunStore

WRITE_SECONDS = 1.0

_log = logging.getLogger(__name__)


class EpochWriter:
    """Writes epoch events beside the training, at most once a second.

    What the store refuses for a while is kept and written later; leaving the context writes the
    rest, and raises `RunStoreError` if that is refused too and nothing else went wrong.
    """

    def __init__(self, store: RunStore, run_id: str) -> None:
        self._store = store
        self._run_id = run_id
        self._waiting: list[Event] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True, name="epoch-writer")

    def add(self, epoch: Event) -> None:
        """Have an epoch written soon."""
        with self._lock:
            self._waiting.append(epoch)

    def __enter__(self) -> EpochWriter:
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
        if error is None:
            self._write()
        else:
            self._try_to_write()

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
