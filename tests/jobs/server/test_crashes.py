"""Is nothing lost, and nothing left behind, when a worker, the scheduler or the server dies?"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from aecore.jobs.server.engine import JobEngine
from aecore.jobs.server.ownership import Ownership
from aecore.runs import RunStore
from tests.jobs.conftest import (
    WARM_SECONDS,
    ended,
    endless,
    learning,
    processes,
    short,
    worker_process,
)
from tests.waiting import until

pytestmark = pytest.mark.timeout(600)

SERVER = """
import signal, sys
from pathlib import Path
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore
from tests.jobs.conftest import endless, learning, short
engine = JobEngine(RunStore(Path(sys.argv[1])))
engine.start()
running, queued = engine.train(endless()), engine.train(short())
learning(engine, running)
print(running, queued, flush=True)
signal.pause()
"""


@pytest.fixture
def own_engine(tmp_path: Path) -> Iterator[JobEngine]:
    """An engine that a test may break."""
    engine = JobEngine(RunStore(tmp_path / "runs"))
    engine.start()
    yield engine
    engine.close()


@pytest.mark.slow
def test_a_killed_worker_interrupts_its_run_alone(own_engine: JobEngine, tmp_path: Path) -> None:
    """The curve is kept, a queued run is trained by the next worker, the engine stays up."""
    store = RunStore(tmp_path / "runs")
    killed = own_engine.train(endless(), "Killed")
    queued = own_engine.train(short(2), "Queued")
    learning(own_engine, killed)

    worker_process().send_signal(signal.SIGKILL)
    ended(own_engine, killed)

    live, kept = own_engine.view(killed), store.view(killed)
    assert live.state == kept.state == store.summary(killed).state == "interrupted"
    assert "ended unexpectedly" in kept.cause
    assert kept.remedy
    assert live.epochs_done >= 2
    assert kept.history == live.history
    assert kept.yardsticks == live.yardsticks
    assert own_engine.state == "warming"
    ended(own_engine, queued, WARM_SECONDS)
    assert own_engine.view(queued).state == "finished"
    assert own_engine.state == "ready"


@pytest.mark.slow
def test_a_killed_scheduler_is_replaced(own_engine: JobEngine, tmp_path: Path) -> None:
    """Its run is interrupted, its queue goes on, and the next job finds a worker."""
    store = RunStore(tmp_path / "runs")
    running, queued = own_engine.train(endless()), own_engine.train(short(2))
    learning(own_engine, running)
    [scheduler] = [p for p in processes() if "distributed.Scheduler" in " ".join(p.cmdline())]

    scheduler.kill()
    until(lambda: own_engine.state == "lost", 10)
    ended(own_engine, running)
    ended(own_engine, queued, WARM_SECONDS)

    assert store.summary(running).state == "interrupted"
    assert own_engine.view(queued).state == "finished"
    assert own_engine.state == "ready"


@pytest.mark.slow
def test_an_orderly_end_takes_jobs_until_then_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """A run submitted before the worker is warm trains; one that the end meets is interrupted."""
    store = RunStore(tmp_path)
    engine = JobEngine(store)
    assert engine.state == "starting"
    engine.start()
    early = engine.train(short(1), "Early bird")
    assert engine.active() == [early]
    ended(engine, early, WARM_SECONDS)
    met = engine.train(endless())
    learning(engine, met)
    before = processes()

    engine.close()
    engine.close()

    psutil.wait_procs(before, timeout=10)
    assert not [process for process in before if process.is_running()]
    assert store.summary(early).state == "finished"
    assert store.summary(met).state == "interrupted"
    assert store.view(met).epochs_done >= 2
    assert engine.view(met).state == "interrupted"


def test_a_killed_server_leaves_no_process_and_no_run_behind(tmp_path: Path) -> None:
    """Not even one that had no time for goodbye; the next server says what became of the runs."""
    store = RunStore(tmp_path)
    finished = store.create(short())
    store.end(finished, "finished")
    with _server(tmp_path) as server:
        running, queued = server.stdout.readline().split()
        children = processes(server.pid)
        assert len(children) >= 3

        left = store.create(short(), owner=Ownership(store, None).name)
        other = JobEngine(RunStore(tmp_path))
        other.start()
        # It looks after all runs at once, and nobody holds the lock of this one's owner.
        until(lambda: store.summary(left).state == "interrupted")
        meanwhile = {store.summary(run_id).state for run_id in (running, queued)}
        other.close()
        server.kill()

    _, alive = psutil.wait_procs(children, timeout=10)
    assert meanwhile == {"running", "queued"}, "the runs of a living server are its own"
    assert alive == []

    after = JobEngine(RunStore(tmp_path))
    after.start()
    until(lambda: not store.unfinished())
    after.close()
    for run_id in (running, queued):
        assert store.summary(run_id).state == "interrupted"
        assert "The app ended" in store.summary(run_id).cause
    assert store.view(running).epochs_done >= 1
    assert store.summary(finished).state == "finished"


@contextlib.contextmanager
def _server(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", SERVER, str(home)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as server:
        try:
            yield server
        finally:
            server.kill()
