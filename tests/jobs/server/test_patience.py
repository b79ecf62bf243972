"""A worker that does not get ready, and a scheduler that does not answer: told, and acted on."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from aecore.jobs.server import lifeline, patience
from aecore.jobs.server.engine import JobEngine
from aecore.jobs.server.patience import REPLACE_SECONDS, SLOW_SECONDS, Patience, lost, slow
from aecore.runs import RunStore
from tests.jobs.conftest import WARM_SECONDS, ended, processes, short
from tests.waiting import until

ELSEWHERE = "tls://10.0.0.1:8786"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still; its one number is the time."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_it_is_slow_after_a_minute_and_replaced_after_five(clock: list[float]) -> None:
    """Until then nothing is said, and each one that follows gets longer."""
    watched = Patience()
    clock[0] += SLOW_SECONDS
    assert not watched.is_slow
    clock[0] += 1
    assert watched.is_slow and not watched.is_over
    clock[0] += REPLACE_SECONDS
    assert watched.is_over

    allowed = []
    for _ in range(3):
        watched.give_more()
        began = clock[0]
        while not watched.is_over:
            clock[0] += 1
        allowed.append(clock[0] - began)
    assert allowed == sorted(set(allowed)) and allowed[0] > REPLACE_SECONDS


def test_one_that_got_ready_begins_with_fresh_patience(clock: list[float]) -> None:
    """Also after others were replaced."""
    watched = Patience()
    clock[0] += 2 * REPLACE_SECONDS
    watched.give_more()

    watched.look(is_ready=True)

    assert watched.waited == 0 and not watched.is_slow
    clock[0] += REPLACE_SECONDS + 1
    assert watched.is_over


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (lost(None, is_full=False), "worker was lost"),
        (lost(None, is_full=True), "the disk is full"),
        (lost(ELSEWHERE, is_full=False), f"{ELSEWHERE} does not answer"),
        (slow(None, 61, 0), "unusually long to get ready, a minute so far"),
        (slow(None, 400, 4), "ended 4 times while it was getting ready"),
        (slow(ELSEWHERE, 130, 0), f"No worker of the scheduler {ELSEWHERE} is ready, for 2 min"),
    ],
)
def test_each_trouble_has_a_cause_and_a_remedy(error: patience.JobError, words: str) -> None:
    """What is the matter, and what comes of it or is to be done."""
    assert words in error.cause
    assert error.remedy.endswith(".")


@pytest.fixture
def others() -> set[psutil.Process]:
    """The processes of clusters that other tests share."""
    return set(processes())


@pytest.fixture
def own_engine(tmp_path: Path, others: set[psutil.Process]) -> Iterator[JobEngine]:
    """An engine that a test may break, which has little patience."""
    engine = JobEngine(RunStore(tmp_path / "runs"))
    yield engine
    engine.close()


def own(others: set[psutil.Process], doing: str) -> list[psutil.Process]:
    """The processes of a test's own cluster with a word in their command."""
    return [p for p in processes() if p not in others and doing in " ".join(p.cmdline())]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_worker_that_does_not_get_ready_is_replaced(
    own_engine: JobEngine, others: set[psutil.Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told first; the run that waits for it is trained by the next."""
    monkeypatch.setattr(patience, "SLOW_SECONDS", 1.0)
    monkeypatch.setattr(patience, "REPLACE_SECONDS", 3.0)
    own_engine.start()
    run_id = own_engine.train(short(2))
    until(lambda: own(others, "multiprocessing.spawn"))
    for worker in own(others, "multiprocessing.spawn"):
        worker.send_signal(signal.SIGSTOP)

    until(lambda: "unusually long" in str(own_engine.trouble), 30)
    until(lambda: own_engine.state in ("starting", "lost"), 60, every=0.001)
    monkeypatch.setattr(patience, "LONGER", 100)
    ended(own_engine, run_id, WARM_SECONDS)

    assert own_engine.view(run_id).state == "finished"
    until(lambda: own_engine.trouble is None)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_scheduler_that_does_not_answer_is_replaced(
    own_engine: JobEngine, others: set[psutil.Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It keeps its connections, and would be taken for well."""
    monkeypatch.setattr(lifeline, "ANSWER_SECONDS", 5.0)
    own_engine.start()
    until(lambda: own_engine.state == "ready", WARM_SECONDS)
    [scheduler] = own(others, "distributed.Scheduler")

    scheduler.send_signal(signal.SIGSTOP)
    run_id = own_engine.train(short(2))
    until(lambda: own_engine.state == "lost", 60, every=0.001)
    ended(own_engine, run_id, WARM_SECONDS)

    assert own_engine.view(run_id).state == "finished"
    assert not scheduler.is_running()
