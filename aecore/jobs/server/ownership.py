"""`Ownership`: whether the server that a job belongs to is still there."""

from __future__ import annotations

import fcntl
import socket
import uuid
from io import TextIOWrapper

from aecore.runs import RunStore, failures

LOCAL = "local"


class Ownership:
    """The name under which this server's jobs run.

    With a scheduler elsewhere the jobs belong to that scheduler. Otherwise they end with this
    server, which holds a lock on a file for as long as it lives, however it ends.
    """

    def __init__(self, store: RunStore, scheduler: str | None) -> None:
        self._store = store
        self._folder = store.home / "servers"
        self._token = uuid.uuid4().hex
        self._lock: TextIOWrapper | None = None
        self.name = scheduler or f"{LOCAL}/{socket.gethostname()}/{self._token}"

    def take(self) -> None:
        """Let others see that this server lives.

        Raises:
            RunStoreError: the run folder cannot be written to.
        """
        with failures.in_words(str(self._store.home)):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self._folder / self._token).open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def release(self) -> None:
        """Give up the lock."""
        if self._lock is not None:
            self._lock.close()
            (self._folder / self._token).unlink(missing_ok=True)

    def has_lost(self, owner: str) -> bool:
        """Whether a run of this owner, which the scheduler does not have, will never go on."""
        if owner in (self.name, ""):
            return True
        kind, _, rest = owner.partition("/")
        if kind != LOCAL:
            return False
        host, _, token = rest.partition("/")
        if host != socket.gethostname():
            # SQLite in a folder serves one machine, whose name may have changed; a tracking
            # server has many.
            return self._store.is_local
        return not self._lives(token)

    def _lives(self, token: str) -> bool:
        path = self._folder / token
        try:
            with path.open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        path.unlink(missing_ok=True)
        return False
