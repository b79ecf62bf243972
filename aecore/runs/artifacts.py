"""Artifacts: a run's files, which arrive whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.errors import RunStoreError
from aecore.runs import failures, held
from aecore.runs.held import Held
from aecore.runs.tracking import Tracking

if TYPE_CHECKING:
    from mlflow import MlflowClient

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
EVENTS = "events.jsonl"
# Says that a run's model is kept and was not measured yet.
UNMEASURED = "unmeasured.json"
# Of a folder beside a run's files, where new ones are written.
NEW = ".new-"


def checked(name: str) -> str:
    """The name of a file, if it can be one of a run.

    Raises:
        RunStoreError: it cannot.
    """
    if not NAME.fullmatch(name):
        raise RunStoreError(f"A run has no file named {name[:80]!r}.")
    return name


class LocalArtifacts:
    """Files in `<root>/<run id>/artifacts`, where MLflow would put them too.

    The path is made from today's root, not read from the database, so that a run folder that
    was moved still opens, and nothing written into the database can point elsewhere.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def keeping(self, run_id: str) -> Iterator[Path]:
        """A folder whose files are the run's once it is left; each appears whole or not at all.

        It lies on the same disk, so that nothing is copied; if anything goes wrong it is gone.
        """
        target = self.folder(run_id)
        with _new_folder(self.root, run_id) as new:
            yield new
            with failures.in_words(str(self.root)):
                target.mkdir(parents=True, exist_ok=True)
                for source in sorted(new.iterdir(), key=_last_is_what_says_so):
                    source.replace(target / source.name)

    def append(self, run_id: str, name: str, text: str) -> None:
        """Add to the end of a file of the run; what is there stays, whatever happens to us."""
        with failures.in_words(str(self.root)):
            self.folder(run_id).mkdir(parents=True, exist_ok=True)
            with self.path(run_id, name).open("a", encoding="utf-8") as file:
                file.write(text)

    def clear(self) -> None:
        """Delete what processes that are gone had begun to write."""
        _clear(self.root)

    def path(self, run_id: str, name: str) -> Path:
        """Where a file is, or would be."""
        return self.folder(run_id) / name

    def folder(self, run_id: str) -> Path:
        """Where all files of a run are, or would be."""
        return self.root / run_id / "artifacts"

    def names(self, run_id: str) -> list[str]:
        """The names of a run's files."""
        folder = self.folder(run_id)
        with failures.in_words(str(self.root)):
            return [path.name for path in folder.iterdir()] if folder.is_dir() else []

    def sizes(self, run_id: str) -> dict[str, int]:
        """The bytes of each of a run's files, by its name."""
        folder = self.folder(run_id)
        with failures.in_words(str(self.root)):
            if not folder.is_dir():
                return {}
            with os.scandir(folder) as files:
                return {file.name: file.stat().st_size for file in files}

    def remove(self, run_id: str, name: str) -> None:
        """Remove one of a run's files."""
        with failures.in_words(str(self.root)):
            self.path(run_id, name).unlink(missing_ok=True)

    def delete(self, run_id: str) -> None:
        """Remove all of a run's files."""
        folder = self.root / run_id
        if folder.is_symlink() or folder.resolve().parent != self.root.resolve():
            raise failures.unwritable(str(folder))
        with failures.in_words(str(self.root)):
            if folder.exists():
                shutil.rmtree(folder)


class RemoteArtifacts:
    """Files in a tracking server's own storage, fetched once each.

    A fetched file stays good until one of the same name is kept from this machine.
    """

    def __init__(self, tracking: Tracking, cache: Path) -> None:
        self._tracking = tracking
        self._cache = cache

    @contextmanager
    def keeping(self, run_id: str) -> Iterator[Path]:
        """A folder whose files are sent to the server once it is left."""
        with _new_folder(self._cache, run_id) as new:
            yield new
            self._tracking.ask(lambda client: client.log_artifacts(run_id, str(new)))
            for sent in new.iterdir():
                (self._cache / run_id / sent.name).unlink(missing_ok=True)

    def append(self, run_id: str, name: str, text: str) -> None:
        """Nothing: a server is sent whole files, in the end."""

    def clear(self) -> None:
        """Delete what processes that are gone had begun to send."""
        _clear(self._cache)

    def path(self, run_id: str, name: str) -> Path:
        """Where a file's copy is, fetched if need be; a path without a file if there is none."""
        kept = self._cache / run_id / name
        if kept.exists() or name not in self.names(run_id):
            return kept
        with failures.in_words(str(self._cache)):
            kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            fetched = self._tracking.ask(
                lambda client: client.download_artifacts(run_id, name, folder)
            )
            os.replace(fetched, kept)
        return kept

    def folder(self, run_id: str) -> Path:
        """Where the copies of all files of a run are, each fetched if need be."""
        for name in self.names(run_id):
            self.path(run_id, name)
        return self._cache / run_id

    def names(self, run_id: str) -> list[str]:
        """The names of a run's files."""
        listed = self._tracking.ask(lambda client: client.list_artifacts(run_id))
        return [str(file.path) for file in listed]

    def sizes(self, run_id: str) -> dict[str, int]:
        """Nothing: the files are on the server's disk."""
        return {}

    def remove(self, run_id: str, name: str) -> None:
        """Remove one of a run's files from the server, and its copy."""
        self._tracking.ask(lambda client: _remove(client, run_id, name))
        (self._cache / run_id / name).unlink(missing_ok=True)

    def delete(self, run_id: str) -> None:
        """Forget the copies; the server's own files go when it collects its garbage."""
        shutil.rmtree(self._cache / run_id, ignore_errors=True)


Artifacts = LocalArtifacts | RemoteArtifacts


def artifacts_of(home: Path, server: Tracking | None) -> Artifacts:
    """The files of runs in a folder, or on a tracking server with copies in that folder."""
    if server is None:
        return LocalArtifacts(home / "artifacts")
    return RemoteArtifacts(server, home / "cache")


def _last_is_what_says_so(file: Path) -> tuple[bool, str]:
    """Orders files so that the one which tells how a run ended comes when all others are there."""
    return file.name == EVENTS, file.name


@contextmanager
def _new_folder(root: Path, run_id: str) -> Iterator[Path]:
    """An empty folder beside a run's files, gone in the end."""
    with failures.in_words(str(root)):
        new = Held(root / run_id, NEW)
    try:
        files = new.path / "files"
        with failures.in_words(str(root)):
            files.mkdir()
        yield files
    finally:
        new.release()


def _clear(root: Path) -> None:
    for left in root.glob(f"*/{NEW}*"):
        held.clear(left.parent, NEW)


def _remove(client: MlflowClient, run_id: str, name: str) -> None:
    """MLflow's client has no such call, but what it keeps files with does."""
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    where = client.get_run(run_id).info.artifact_uri
    repository: Any = get_artifact_repository(where, tracking_uri=client.tracking_uri)
    repository.delete_artifacts(name)
