"""`Ownership`: whether the server that a job belongs to is still there."""

from __future__ import annotations

import contextlib
import re
import socket
import uuid

from aecore.runs import RunStore, failures, held
from aecore.runs.held import Held

LOCAL = "local"
TOKEN = re.compile(r"[0-9a-f]{32}")


class Ownership:
    """The name under which this server's jobs run.

    With a scheduler elsewhere the jobs belong to that scheduler. Otherwise they end with this
    server, which holds a folder for as long as it lives, however it ends.
    """

    def __init__(self, store: RunStore, scheduler: str | None) -> None:
        self._store = store
        self._folder = store.home / "servers"
        self._token = uuid.uuid4().hex
        self._held: Held | None = None
        self.name = scheduler or f"{LOCAL}/{socket.gethostname()}/{self._token}"

    def take(self) -> None:
        """Let others see that this server lives.

        Raises:
            RunStoreError: the run folder cannot be written to.
        """
        with failures.in_words(str(self._store.home)):
            self._held = Held(self._folder, name=self._token)

    def release(self) -> None:
        """Let others see that it does not."""
        if self._held is not None:
            self._held.release()

    def clear(self) -> None:
        """Forget the servers that are gone."""
        with contextlib.suppress(OSError):
            held.clear(self._folder)

    def is_at_scheduler(self, owner: str) -> bool:
        """Whether jobs of this owner go on at a scheduler elsewhere, with or without a server."""
        return not owner.startswith(f"{LOCAL}/")

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
        # It was read from the store, where anything may stand.
        return not TOKEN.fullmatch(token) or not held.is_held(self._folder / token)
