"""`Lifeline`: the connection to a cluster, made again and again for as long as the server lives."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from aecore.errors import JobError, LabError
from aecore.jobs.explaining import explain
from aecore.jobs.recording import Message
from aecore.jobs.server import patience
from aecore.jobs.server.connection import Connection, OnDone
from aecore.jobs.server.patience import Patience
from aecore.runs import failures
from aecore.runs.store import StoreLocation

LOOK_SECONDS = 0.5
RETRY_SECONDS = 5.0
JOIN_SECONDS = 5.0
# How often it is asked whether anything has been left behind.
ROUND_SECONDS = 5.0
# A scheduler that does not answer for so long is given up.
ANSWER_SECONDS = 30.0

_log = logging.getLogger(__name__)


class Lifeline:
    """Connects, and connects again when the scheduler, or what keeps our worker alive, is gone.

    Args:
        scheduler: address of a scheduler elsewhere; None for a cluster of our own.
        location: the store that workers open.
        on_message: as of `Connection`.
        on_done: as of `Connection`.
        on_connected: called with each new connection.
        on_round: called every few seconds, with or without a connection.
        is_busy: whether a job goes on in the worker, which is not replaced then.

    All are called in the thread that connects, and must not wait.
    """

    def __init__(
        self,
        scheduler: str | None,
        location: StoreLocation,
        on_message: Callable[[Message], None],
        on_done: OnDone,
        on_connected: Callable[[Connection], None],
        on_round: Callable[[], None],
        is_busy: Callable[[], bool],
    ) -> None:
        self._scheduler, self._location = scheduler, location
        self._on_message, self._on_done = on_message, on_done
        self._on_connected, self._on_round, self._is_busy = on_connected, on_round, is_busy
        self._connection: Connection | None = None
        self._lost: JobError | None = None
        self._patience = Patience()
        self._next_round = 0.0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._stay_connected, daemon=True, name="cluster")

    @property
    def connection(self) -> Connection | None:
        """One that is not lost, as far as is known; None without."""
        connection = self._connection
        return None if connection is None or connection.is_lost else connection

    @property
    def state(self) -> str:
        """`starting`, `warming`, `ready` or `lost`."""
        connection = self._connection
        if connection is None:
            return "lost" if self._lost is not None else "starting"
        if connection.is_lost:
            return "lost"
        return "ready" if connection.is_warm else "warming"

    @property
    def trouble(self) -> LabError | None:
        """Why no worker is ready, where that takes longer than it should; None if all is well."""
        state, connection = self.state, self._connection
        if state == "lost":
            return self._lost or patience.lost(self._scheduler, is_full=False)
        if state == "ready" or not self._patience.is_slow:
            return None
        deaths = connection.deaths if connection is not None else 0
        return patience.slow(self._scheduler, self._patience.waited, deaths)

    def call(self, function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """What a function returns in a worker; it is no job, and lost if the worker dies.

        Raises:
            LabError: no worker is warm, it took too long, or it failed.
        """
        connection = self.connection
        if connection is None or not connection.is_warm:
            raise JobError("The worker is not ready yet.", "Try again in a moment.")
        try:
            return connection.call(function, *arguments, seconds=seconds)
        except TimeoutError:
            raise JobError(
                f"The worker did not answer within {seconds:g} seconds.",
                "It may be busy; try again in a moment.",
            ) from None
        except Exception as error:
            raise explain(error) from error

    def start(self) -> None:
        """Begin to connect."""
        self._thread.start()

    def close(self) -> None:
        """Disconnect, and end a cluster of our own."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(JOIN_SECONDS)
        if self._connection is not None:
            self._connection.close()

    def _stay_connected(self) -> None:
        while not self._closing.is_set():
            try:
                self._look()
            except Exception:
                _log.exception("The look at the cluster failed.")
            self._closing.wait(LOOK_SECONDS if self._connection is not None else RETRY_SECONDS)

    def _look(self) -> None:
        """See whether the connection is still good for something, and make another one if not."""
        connection = self.connection
        if connection is None:
            self._connect()
            return
        self._patience.look(is_ready=connection.is_warm)
        if connection.is_ours and self._patience.is_over and not self._is_busy():
            _log.error("The worker does not get ready; another one is started.")
            self._patience.give_more()
            self._connect()
        elif time.monotonic() > self._next_round:
            self._next_round = time.monotonic() + ROUND_SECONDS
            self._on_round()
            if not connection.answers(ANSWER_SECONDS) and not self._closing.is_set():
                _log.error("The scheduler does not answer.")
                self._connect(is_silent=True)

    def _connect(self, *, is_silent: bool = False) -> None:
        """Put a new connection in the place of the one there is.

        Args:
            is_silent: whether nobody answers at the other end of that.
        """
        if self._connection is not None:
            _log.error("The scheduler or the worker is lost; connecting again.")
            self._lost = patience.lost(self._scheduler, is_full=False)
            lost, self._connection = self._connection, None
            lost.close(is_lost=is_silent)
        try:
            connection = Connection(
                self._scheduler, self._location, self._on_message, self._on_done
            )
        except Exception as error:
            _log.exception("There is no connection to a scheduler.")
            full = isinstance(error, OSError) and failures.is_full(error)
            self._lost = patience.lost(self._scheduler, is_full=full)
            self._on_round()
            return
        self._connection = connection
        self._on_connected(connection)
