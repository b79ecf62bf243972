"""`running`: a cluster of separate processes on this machine, with all that one of several has."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import dask
import psutil
import requests

from aecore import environment
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore
from tools.cluster import ROOT, Cluster
from tools.cluster_keys import BOTH, CERTIFICATE, make_keys

HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 10
POLL_SECONDS = 0.1


@dataclass
class LocalCluster:
    """A scheduler, MLflow's server and workers.

    Attributes:
        cluster: where they are.
        folder: of keys, runs and what each process printed.
        parts: the processes by name, each the first of its family.
    """

    cluster: Cluster
    folder: Path
    parts: dict[str, psutil.Popen] = field(default_factory=dict)

    def start(self, name: str, command: str, *options: str) -> None:
        """Start a part with the command of `tools.cluster` that a person would type."""
        scheduler, tracking = (address.rsplit(":", 1) for address in self._addresses)
        line = [sys.executable, "-m", "tools.cluster", command, str(self.cluster.keys)]
        line += [scheduler[0], "--port", scheduler[1], "--tracking-port", tracking[1], *options]
        with (self.folder / f"{name}.log").open("wb") as log:
            self.parts[name] = psutil.Popen(line, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)

    def start_tracking(self) -> None:
        """Start MLflow's server, on the runs that it had before."""
        self.start("tracking", "tracking", "--runs", str(self.folder / "runs"))

    def kill(self, name: str) -> None:
        """End a part and all that it has started, as a machine that goes off."""
        _kill(self.parts.pop(name))

    def printed(self, name: str) -> str:
        """What a part has printed so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def wait_until(self, name: str, answers: Callable[[], bool]) -> None:
        """Wait for a part.

        Raises:
            RuntimeError: it ended, or did not answer in two minutes; with what it printed.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.parts[name].poll() is None:
            if answers():
                return
            time.sleep(POLL_SECONDS)
        raise RuntimeError(f"The {name} did not start. It printed:\n{self.printed(name)}")

    def scheduler_answers(self) -> bool:
        """Whether somebody listens."""
        host, port = self.cluster.scheduler.rsplit(":", 1)
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=5):
            return True
        return False

    def tracking_answers(self, *, with_key: bool = True) -> bool:
        """Whether MLflow's server answers, to who has the key or to who has none."""
        keys = self.cluster.keys
        with suppress(requests.RequestException):
            return requests.get(
                f"https://{self.cluster.tracking}/health",
                verify=str(keys / CERTIFICATE),
                cert=str(keys / BOTH) if with_key else None,
                timeout=5,
            ).ok
        return False

    @property
    def _addresses(self) -> tuple[str, str]:
        return self.cluster.scheduler, self.cluster.tracking


@contextmanager
def running(folder: Path, workers: Mapping[str, int]) -> Iterator[LocalCluster]:
    """One that is up, with workers that warm up as soon as an app connects; ended afterwards.

    Args:
        folder: an empty one, for all that it keeps.
        workers: name -> cores.

    Raises:
        RuntimeError: a part did not start, or MLflow's server is not installed.
    """
    keys = folder / "keys"
    make_keys(keys, [HOST])
    ports = [_free_port() for _ in range(2)]
    local = LocalCluster(Cluster(keys, *(f"{HOST}:{port}" for port in ports)), folder)
    try:
        local.start("scheduler", "scheduler")
        local.start_tracking()
        local.wait_until("scheduler", local.scheduler_answers)
        for name, cores in workers.items():
            local.start(name, "worker", "--cores", str(cores))
        local.wait_until("tracking", local.tracking_answers)
        yield local
    finally:
        for name in [*local.parts]:
            local.kill(name)


@contextmanager
def connected(local: LocalCluster) -> Iterator[JobEngine]:
    """What an app has that is told of the cluster by its variables."""
    variables = {**local.cluster.variables, environment.HOME: str(local.folder / "app")}
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    # Dask has read its own when it was imported.
    told = dask.config.collect_env(variables)
    try:
        with dask.config.set(dask.config.merge(dask.config.config, told)):
            engine = JobEngine(RunStore())
            engine.start()
            yield engine
            engine.close()
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _kill(first: psutil.Popen) -> None:
    family = [first]
    with suppress(psutil.Error):
        family += first.children(recursive=True)
    for process in family:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(family, timeout=STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
