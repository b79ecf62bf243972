"""`Tracking`: MLflow opened quietly, once, and safely beside other processes."""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from aecore import environment
from aecore.errors import RunStoreError, StoreAwayError
from aecore.runs import database, failures, layout

if TYPE_CHECKING:
    from mlflow import MlflowClient

Answer = TypeVar("Answer")

ATTEMPTS = 6
FIRST_PAUSE_SECONDS = 0.05
# MLflow's migrations of a fresh database take seconds, and ten times that on a busy machine.
OPENING_SECONDS = 120
LOOK_SECONDS = 0.05
AWAY_PAUSE_SECONDS = 1.0


class Tracking:
    """A tracking store, opened at the first question; for use by many threads.

    Args:
        home: folder of the SQLite file, when there is no `uri`.
        uri: address of a tracking server or database instead.

    Attributes:
        patience: seconds for which a server that does not answer is asked again.
    """

    def __init__(self, home: Path, uri: str | None) -> None:
        self._home = home
        self._uri = uri
        self.patience = 0.0
        self._client: MlflowClient | None = None
        self._edition: database.Edition | None = None
        self._experiment_id = ""
        self._opening = threading.Lock()
        # It is imported later, here and where runs are read and written.
        environment.quiet_mlflow()

    @property
    def where(self) -> str:
        """The folder or address, for sentences."""
        return self._uri or str(self._home)

    @property
    def experiment_id(self) -> str:
        """MLflow's id of the experiment that holds our runs."""
        self._opened()
        return self._experiment_id

    def ask(self, question: Callable[[MlflowClient], Answer]) -> Answer:
        """The answer of MLflow; a database in use by another process is asked again.

        Raises:
            RunStoreError: there is none, with the reason.
        """
        end = time.monotonic() + self.patience
        while True:
            try:
                with failures.in_words(self.where):
                    return _patiently(lambda: question(self._opened()))
            except StoreAwayError:
                if time.monotonic() >= end:
                    raise
            time.sleep(AWAY_PAUSE_SECONDS)

    def _opened(self) -> MlflowClient:
        with self._opening, failures.in_words(self.where):
            if self._client is None or self._is_another_now():
                self._client = self._open()
            return self._client

    def _is_another_now(self) -> bool:
        """Whether someone put another file in the place of the one that was opened, or none."""
        return self._uri is None and database.edition(self._home) != self._edition

    def _open(self) -> MlflowClient:
        client_class = _import_quietly()
        if self._uri is not None:
            client = client_class(tracking_uri=self._uri)
            self._experiment_id = _experiment(client, None)
            return client
        _refuse_odd_path(self._home)
        artifacts = self._home / "artifacts"
        artifacts.mkdir(parents=True, exist_ok=True)

        def build(path: Path) -> None:
            _experiment(client_class(tracking_uri=f"sqlite:///{path}"), str(artifacts))

        with _alone_in(self._home):
            database.make_ready(self._home, build)
            database.follow_the_path()
            client = client_class(tracking_uri=f"sqlite:///{self._home / database.NAME}")
            self._experiment_id = _experiment(client, str(artifacts))
            self._edition = database.edition(self._home)
        return client


def _import_quietly() -> type[MlflowClient]:
    from mlflow import MlflowClient

    logging.getLogger("mlflow").setLevel(logging.WARNING)
    # It logs the traceback of every error that it also raises, and we answer those.
    logging.getLogger("mlflow.store.db.utils").setLevel(logging.CRITICAL)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return MlflowClient


def _experiment(client: MlflowClient, artifacts: str | None) -> str:
    """The id of our experiment, made at first use and brought back if someone deleted it."""
    from mlflow.exceptions import MlflowException

    found = client.get_experiment_by_name(layout.EXPERIMENT_NAME)
    if found is None:
        try:
            return client.create_experiment(layout.EXPERIMENT_NAME, artifact_location=artifacts)
        except MlflowException:
            # Another process may have made it since.
            found = client.get_experiment_by_name(layout.EXPERIMENT_NAME)
            if found is None:
                raise
    if found.lifecycle_stage == "deleted":
        client.restore_experiment(found.experiment_id)
    return found.experiment_id


def _refuse_odd_path(home: Path) -> None:
    if not any(character in str(home) for character in "?%"):
        return
    raise RunStoreError(
        f"The run folder {home} has a ? or % in its path, which a database's address cannot hold.",
        "Set AECORE_HOME to a folder without them and restart.",
    )


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    """Wait until no other process opens the store: a fresh one runs its migrations once.

    Raises:
        RunStoreError: another process does not get done with it.
    """
    deadline = time.monotonic() + OPENING_SECONDS
    with (home / ".opening").open("w") as lock:
        while not _locked(lock):
            if time.monotonic() > deadline:
                raise failures.being_opened(str(home))
            time.sleep(LOOK_SECONDS)
        yield


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _patiently(question: Callable[[], Answer]) -> Answer:
    for attempt in range(ATTEMPTS - 1):
        try:
            return question()
        except Exception as error:
            if not failures.is_busy(error):
                raise
            time.sleep(FIRST_PAUSE_SECONDS * 2**attempt)
    return question()
