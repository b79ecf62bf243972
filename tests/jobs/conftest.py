"""One warm engine for all tests of jobs, and how to wait for things."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest

from aecore.experiment import Experiment
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore
from tests.waiting import until

WARM_SECONDS = 150


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> RunStore:
    """The store of the shared engine."""
    return RunStore(tmp_path_factory.mktemp("jobs"))


@pytest.fixture(scope="session")
def shared_engine(store: RunStore) -> Iterator[JobEngine]:
    """An engine with a worker of its own."""
    engine = JobEngine(store)
    engine.start()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def trained(shared_engine: JobEngine) -> str:
    """A run with samples and models, which no test changes."""
    run_id = shared_engine.train(short())
    ended(shared_engine, run_id, 180)
    return run_id


@pytest.fixture
def engine(shared_engine: JobEngine) -> JobEngine:
    """The shared engine, warm and without jobs."""
    until(lambda: shared_engine.state == "ready" and not shared_engine.active(), WARM_SECONDS)
    return shared_engine


def short(epochs: int = 3, **changes: object) -> Experiment:
    """An experiment of a second."""
    training = {"epochs": epochs, **changes}
    return Experiment.from_dict({"data": {"source": "digits"}, "training": training})


def endless(**changes: object) -> Experiment:
    """An experiment that is stopped long before its end."""
    return short(2000, batch_size=1, **changes)


def ended(engine: JobEngine, run_id: str, seconds: float = 90) -> None:
    """Wait for the end of a run."""
    until(lambda: (view := engine.view(run_id)) is not None and view.ended, seconds)


def learning(engine: JobEngine, run_id: str) -> None:
    """Wait for the first epochs of a run."""
    until(lambda: (view := engine.view(run_id)) is not None and view.epochs_done >= 2, WARM_SECONDS)


def processes(of: int | None = None) -> list[psutil.Process]:
    """The processes of the clusters that a process, by default this one, started."""
    return psutil.Process(of).children(recursive=True)


def worker_process(of: int | None = None) -> psutil.Process:
    """The process in which training runs."""
    [worker] = [p for p in processes(of) if "spawn_main" in " ".join(p.cmdline())]
    return worker
