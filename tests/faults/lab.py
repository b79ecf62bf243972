"""`Lab`: a run folder, servers that work on it, and what they may not leave behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from aecore.errors import RunStoreError
from aecore.runs import RunStore
from tests.waiting import until

ROOT = Path(__file__).parents[2]
# A worker warms up in some seconds on a quiet machine, and in a minute on a busy one.
PATIENCE_SECONDS = 180
DIE_SECONDS = 10
ROLES = {
    "worker": "multiprocessing.spawn",
    "nanny": "distributed.Nanny",
    "scheduler": "distributed.Scheduler",
}


class GoneError(Exception):
    """The server does not answer, for it was killed."""


@dataclass
class Server:
    """A server of jobs in a process of its own.

    Attributes:
        process: the server.
        seen: run -> the longest curve that was seen of it live.
        finished: the runs that were seen to finish.
    """

    process: psutil.Popen
    seen: dict[str, list[float]] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.time() - float(self.process.create_time())

    def begin(self) -> None:
        """Wait until it can be asked."""
        assert self._heard() == "started"

    def ask(self, do: str, **more: Any) -> Any:
        """Have something done; the answer.

        Raises:
            GoneError: it was killed meanwhile.
        """
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise GoneError from None
        return self._heard()

    def _heard(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.endswith("\n"):
            raise GoneError
        return json.loads(line)

    def train(self, name: str, epochs: int, **more: Any) -> str:
        """Queue a run of the digits; its id."""
        return str(self.ask("train", name=name, experiment=tree(epochs, **more)))

    def look(self, run_id: str) -> str:
        """The state of a run as a page sees it."""
        found = self.ask("view", run=run_id)
        assert found is not None
        losses = found["losses"] or []
        if len(losses) >= len(self.seen.get(run_id, [])):
            self.seen[run_id] = losses
        if found["state"] == "finished":
            self.finished.add(run_id)
        return str(found["state"])

    def wait(self, run_id: str, *states: str) -> str:
        """Wait until a run is in one of these states, by default ended; which one."""
        wanted = states or ("finished", "stopped", "failed", "interrupted")
        until(lambda: self.look(run_id) in wanted, PATIENCE_SECONDS, told=lambda: self.ask("state"))
        return self.look(run_id)

    def learn(self, run_id: str, epochs: int = 2) -> None:
        """Wait until so many epochs of a run have been seen."""
        until(
            lambda: self.look(run_id) and len(self.seen[run_id]) >= epochs,
            PATIENCE_SECONDS,
            told=lambda: self.ask("state"),
        )

    def ready(self) -> None:
        """Wait until a run would begin at once."""
        until(lambda: self.ask("state")[0] == "ready", PATIENCE_SECONDS, every=0.1)

    def family(self) -> list[psutil.Process]:
        """The server and all that it has started."""
        with suppress(psutil.NoSuchProcess):
            return [self.process, *self.process.children(recursive=True)]
        return []

    def members(self, role: str) -> list[psutil.Process]:
        """Its processes of a role; `server` and `all` are the server and its whole family."""
        if role in ("server", "all"):
            return [self.process] if role == "server" else self.family()
        found = []
        for process in self.family()[1:]:
            with suppress(psutil.Error):
                if ROLES[role] in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def kill(self, role: str) -> None:
        """SIGKILL to all processes of a role."""
        for process in self.members(role):
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def close(self) -> None:
        """End it in good order."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(PATIENCE_SECONDS) == 0


@dataclass(frozen=True)
class Lab:
    """A run folder and a folder for what is temporary, both empty at first.

    Attributes:
        folder: holds both.
    """

    folder: Path

    @property
    def home(self) -> Path:
        """The run folder."""
        return self.folder / "runs"

    @property
    def temporary(self) -> Path:
        """Where processes keep what is temporary."""
        return self.folder / "temporary"

    @property
    def store(self) -> RunStore:
        """The store, as another process opens it."""
        return RunStore(self.home)

    @contextmanager
    def serving(self) -> Iterator[Server]:
        """A server; whatever is left of it in the end is killed."""
        self.temporary.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "tests.faults.server", str(self.home)]
        with (
            (self.folder / "log").open("a") as log,
            psutil.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "TMPDIR": str(self.temporary)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            ) as process,
        ):
            server = Server(process)
            try:
                yield server
            finally:
                family = server.family()
                for member in family:
                    with suppress(psutil.NoSuchProcess):
                        member.kill()
                psutil.wait_procs(family, timeout=DIE_SECONDS)

    @contextmanager
    def started(self) -> Iterator[Server]:
        """A server that can be asked."""
        with self.serving() as server:
            server.begin()
            yield server

    def printed(self) -> str:
        """What all servers have printed."""
        return (self.folder / "log").read_text(errors="replace")

    def assert_nothing_lost(self, server: Server) -> None:
        """Every run has an end and every epoch that was seen; what finished can be looked at."""
        store = self.store
        assert not store.unfinished()
        finished = {run.run_id for run in store.summaries() if run.state == "finished"}
        assert server.finished <= finished
        for summary in store.summaries():
            view, seen = store.view(summary.run_id), server.seen.get(summary.run_id, [])
            assert view.state == summary.state
            assert view.history.get("loss", [])[: len(seen)] == seen
            assert summary.epochs == view.epochs_done
            # A run that was stopped is kept as far as it had learned.
            is_kept = summary.state == "finished"
            is_kept |= summary.state == "stopped" and view.epochs_done > 0
            assert is_kept == is_whole(store, summary.run_id)
            assert bool(summary.cause) == (summary.state in ("failed", "interrupted"))

    def assert_nothing_left(self) -> None:
        """No file that only a process that lives has a use for."""
        assert list(self.temporary.iterdir()) == []
        assert {path.name for path in self.home.iterdir()} == {"mlflow.db", "artifacts", ".opening"}
        hidden = [path for path in self.home.rglob(".*") if path.name != ".opening"]
        assert [*hidden, *self.home.rglob("unmeasured.json"), *self.home.rglob("*.part")] == []


def tree(epochs: int, **training: Any) -> dict[str, Any]:
    """An experiment on the digits."""
    return {"data": {"source": "digits"}, "training": {"epochs": epochs, **training}}


def is_whole(store: RunStore, run_id: str) -> bool:
    """Whether a run can be looked at: its samples and its model are there."""
    try:
        store.samples(run_id)
    except RunStoreError:
        return False
    return store.path(run_id, "encoder.keras").is_file()
