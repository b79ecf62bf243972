"""Does the same code work with a scheduler elsewhere, and does a run outlive the server?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import SubprocessCluster

from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore
from tests.jobs.conftest import WARM_SECONDS, ended, endless, learning, short
from tests.waiting import until

pytestmark = pytest.mark.timeout(600)

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A cluster that someone else started, without our settings; its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        cluster = SubprocessCluster(
            n_workers=1, threads_per_worker=2, dashboard_address=None, silence_logs=40
        )
    yield cluster.scheduler_address
    cluster.close()


@pytest.mark.slow
def test_a_run_outlives_its_server(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server that comes after watches it as if it had been there all along, and can stop it."""
    monkeypatch.setenv("AECORE_SCHEDULER", scheduler)
    store = RunStore(tmp_path)
    before = JobEngine(store)
    before.start()
    running, queued = before.train(endless()), before.train(short(2))
    learning(before, running)
    before.close()
    assert store.summary(running).state == "running"

    after = JobEngine(RunStore(tmp_path))
    after.start()
    until(lambda: set(after.active()) == {running, queued}, WARM_SECONDS)
    until(lambda: after.view(running).yardsticks is not None)
    seen = after.view(running)
    until(lambda: after.view(running).epochs_done > seen.epochs_done)
    after.stop(running)
    ended(after, running)
    ended(after, queued)

    assert seen.state == "running"
    assert after.state == "ready"
    assert after.view(running).state == store.summary(running).state == "stopped"
    assert after.view(running).history == store.view(running).history
    assert store.summary(queued).state == "finished"
    after.close()


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_looked_for_again(tmp_path: Path) -> None:
    """The engine says that it is lost, and keeps what is submitted meanwhile."""
    engine = JobEngine(RunStore(tmp_path), "tcp://127.0.0.1:9")
    engine.start()
    until(lambda: engine.state == "lost")
    run_id = engine.train(short())

    assert engine.view(run_id).state == "queued"
    engine.stop(run_id)
    ended(engine, run_id, 20)
    assert engine.view(run_id).state == "stopped"
    engine.close()
