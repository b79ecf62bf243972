"""Does a worker refuse what it has too little memory for, and say what it has?"""

from __future__ import annotations

from pathlib import Path

import pytest

from aecore.errors import JobError
from aecore.experiment import Experiment
from aecore.jobs.kind import Work
from aecore.jobs.kinds import training
from aecore.jobs.kinds.training import TrainingRequest
from aecore.jobs.server.engine import JobEngine
from aecore.jobs.worker import capacity
from aecore.progress import Event
from aecore.runs import RunStore
from tests.jobs.conftest import WARM_SECONDS
from tests.waiting import until

WIDE = {"kind": "dense", "units": [4096] * 10}


def test_a_run_for_which_memory_is_short_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would end the worker, and say only then that memory ran out."""
    monkeypatch.setattr(capacity, "free_bytes", lambda: int(1.8e9))
    experiment = Experiment.from_dict({"model": {"backbone": WIDE}})
    store, told = RunStore(tmp_path), list[Event]()
    run_id = store.create(experiment)
    work = Work(run_id, told.append, lambda: False, lambda: store)

    with pytest.raises(JobError, match=r"needs about .* GB of memory, and 1\.8 GB are free"):
        training.SPEC.work(work, TrainingRequest(experiment))
    assert told == []


def test_data_that_nobody_knows_is_refused_elsewhere(tmp_path: Path) -> None:
    """Where there is nothing to estimate, the reader says what is wrong."""
    gone = Experiment().model_copy(
        update={"data": Experiment().data.model_copy(update={"source": str(tmp_path / "gone.csv")})}
    )
    capacity.refuse_more_than_is_free(gone)


def test_the_engine_says_what_its_worker_has(engine: JobEngine) -> None:
    """Memory of this machine, and a speed that a processor can have."""
    until(lambda: engine.state == "ready", WARM_SECONDS)
    there = engine.capacity()
    assert 10**7 < there.free < 10**14
    assert 1e8 < there.speed < 1e14
