"""Does the engine do for a visitor what they may have done, in turn and within their allowance?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aecore.access import MODES, Access
from aecore.data import uploads
from aecore.errors import (
    AccessError,
    DataError,
    JobError,
    LabError,
    RunStoreError,
    SpaceError,
)
from aecore.experiment import Experiment
from aecore.jobs.kinds import projection, scoring, training
from aecore.jobs.kinds.projection import MapRequest
from aecore.jobs.kinds.scoring import ScoringRequest
from aecore.jobs.kinds.training import TrainingRequest
from aecore.jobs.server.engine import JobEngine
from aecore.jobs.server.engine_access import EngineAccess
from aecore.jobs.server.forgetting import forget, kept_visitors
from aecore.latent.maps.settings import MapSettings
from aecore.runs import space
from aecore.runs.run_access import RunAccess
from tests.jobs.conftest import ended, learning, short
from tests.waiting import until

ANNA, BEN = "a" * 32, "b" * 32
CODES = np.zeros((1, 8), np.float32)
LONG = short(1_000, batch_size=1)
MAP = MapSettings("tsne", 2, 60, 0, (("perplexity", 10),))


def of(engine: JobEngine, visitor: str, mode: str = "shared") -> EngineAccess:
    """The engine as a visitor has it."""
    access = Access(visitor, MODES[mode])
    return EngineAccess(engine, RunAccess(engine.store, access), access)


@pytest.fixture(scope="module")
def run_id(shared_engine: JobEngine, store: object) -> str:
    """A finished run of Anna's."""
    run_id = of(shared_engine, ANNA).train(short())
    ended(shared_engine, run_id, 180)
    return run_id


def test_another_s_run_does_not_exist(engine: JobEngine, run_id: str) -> None:
    """It is neither seen, decoded, mapped, scored nor stopped; its owner does all of that."""
    anna, ben = of(engine, ANNA), of(engine, BEN)
    assert anna.view(run_id) is not None and ben.view(run_id) is None
    assert anna.decode(run_id, CODES).shape == (1, 8, 8, 1)
    for refused in (
        lambda: ben.decode(run_id, CODES),
        lambda: ben.encode(run_id, np.zeros((1, 8, 8, 1), np.float32)),
        lambda: ben.reconstruct(run_id, np.zeros((1, 8, 8, 1), np.float32)),
        lambda: ben.submit(projection.SPEC, MapRequest(run_id, MAP)),
        lambda: ben.submit(scoring.SPEC, ScoringRequest(run_id)),
    ):
        with pytest.raises(RunStoreError, match="no run"):
            refused()
    job_id = anna.submit(projection.SPEC, MapRequest(run_id, MAP))
    assert ben.look(projection.SPEC, job_id) is None
    assert ben.latest(projection.SPEC, MapRequest(run_id, MAP)) is None
    with pytest.raises(JobError):
        ben.stop(job_id)
    until(lambda: (view := anna.look(projection.SPEC, job_id)) is not None and view.ended)


def test_a_published_run_is_seen_and_decoded_and_nothing_is_kept_with_it(
    engine: JobEngine, run_id: str
) -> None:
    """What takes a job would change it."""
    engine.store.publish(run_id)
    ben = of(engine, BEN)
    assert ben.view(run_id) is not None and ben.decode(run_id, CODES).shape == (1, 8, 8, 1)
    with pytest.raises(AccessError):
        ben.submit(projection.SPEC, MapRequest(run_id, MAP))
    with pytest.raises(JobError):
        ben.stop(run_id)
    engine.store.publish(run_id, False)


def test_no_file_of_another_or_of_the_server_is_read(
    engine: JobEngine, run_id: str, tmp_path: Path
) -> None:
    """Neither looked at, trained on nor scored."""
    foreign = uploads.keep({"a.csv": b"a,b\n1,2\n"}, ANNA)
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    own = of(engine, BEN).train(short(1))
    ended(engine, own)
    for source in (foreign, str(tmp_path / "b.csv")):
        with pytest.raises(DataError):
            of(engine, BEN).inspect(source)
        with pytest.raises(DataError):
            of(engine, BEN).submit(scoring.SPEC, ScoringRequest(own, source))
    named = Experiment.from_dict({"data": {"source": "digits"}})
    stolen = named.model_copy(update={"data": named.data.model_copy(update={"source": foreign})})
    with pytest.raises(DataError):
        of(engine, BEN).submit(training.SPEC, TrainingRequest(stolen))


def test_a_visitor_has_so_many_jobs_and_no_more(
    engine: JobEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each kind; another visitor still has their own, until there are too many of all."""
    monkeypatch.setenv("AECORE_MAX_JOBS", "2")
    monkeypatch.setenv("AECORE_MAX_JOBS_OF_ALL", "3")
    anna, ben = of(engine, ANNA), of(engine, BEN)
    runs = [anna.train(LONG), anna.train(LONG)]
    with pytest.raises(AccessError, match="2 of your runs"):
        anna.train(short())
    runs.append(ben.train(LONG))
    with pytest.raises(AccessError, match="3 runs of all visitors"):
        ben.train(short())
    assert anna.active() == runs[:2] and ben.active() == runs[2:]
    for run_id in reversed(runs):
        engine.stop(run_id)
        ended(engine, run_id)


def test_a_run_that_is_too_large_is_not_queued(
    engine: JobEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a mode without visitors too, where a limit is set."""
    monkeypatch.setenv("AECORE_MAX_EPOCHS", "2")
    for visitor, mode in ((ANNA, "shared"), ("", "own")):
        with pytest.raises(AccessError, match="2 is the most"):
            of(engine, visitor, mode).train(short(3))
    assert not engine.active()


def test_who_keeps_too_much_keeps_no_more(
    engine: JobEngine, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No run and no scores of one, until something is deleted; looking goes on, and so do others.

    Maps have a limit of their own.
    """
    anna = of(engine, ANNA)
    drawn = anna.submit(projection.SPEC, MapRequest(run_id, MAP))
    until(lambda: (view := anna.look(projection.SPEC, drawn)) is not None and view.ended)
    size = space.total(space.kept(engine.store, ANNA.__eq__), "runs")
    monkeypatch.setenv("AECORE_MAX_RUNS_BYTES", str(size))
    ben = of(engine, BEN)
    for refused in (
        lambda: anna.train(short(2)),
        lambda: anna.submit(scoring.SPEC, ScoringRequest(run_id)),
    ):
        with pytest.raises(SpaceError, match="Your runs take"):
            refused()
    monkeypatch.setenv("AECORE_MAX_MAPS_BYTES", "1000")
    with pytest.raises(SpaceError, match="Your maps take"):
        anna.submit(projection.SPEC, MapRequest(run_id, MAP))
    assert anna.decode(run_id, CODES).shape and anna.inspect("digits")
    queued = ben.train(short(1))
    ended(engine, queued)
    monkeypatch.setenv("AECORE_MAX_ALL_BYTES", "1000")
    with pytest.raises(AccessError, match="all visitors"):
        of(engine, "c" * 32).train(short(2))


def test_visitors_take_turns(engine: JobEngine) -> None:
    """Who comes with one run goes before the third of another, also at the scheduler."""
    anna, ben = of(engine, ANNA), of(engine, BEN)
    first = anna.train(LONG)
    learning(engine, first)
    second, third = anna.train(short(20)), anna.train(short(20, learning_rate=0.01))
    late = ben.train(short(20))
    assert engine.active() == [first, late, second, third]
    assert ben.ahead(late) == 1 and anna.ahead(third) == 3

    anna.stop(first)
    until(lambda: has_begun(engine, late))
    assert not has_begun(engine, second) and not has_begun(engine, third)
    until(lambda: has_begun(engine, second))
    assert not has_begun(engine, third)
    ended(engine, third)


def has_begun(engine: JobEngine, run_id: str) -> bool:
    """Whether a run waits no longer."""
    view = engine.view(run_id)
    return view is not None and view.state != "queued"


def test_a_run_that_takes_too_long_is_stopped_and_says_so(
    engine: JobEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it learned is kept, and why it ended stands with it in the store too."""
    run_id = engine.submit(training.SPEC, TrainingRequest(LONG), visitor=ANNA, seconds=3)
    ended(engine, run_id)
    view, kept = engine.view(run_id), engine.store.summary(run_id)
    assert view is not None and view.state == kept.state == "stopped"
    assert view.cause == kept.cause and "0.05 minutes" in kept.cause and kept.remedy
    assert engine.store.samples(run_id).total and kept.visitor == ANNA


def test_a_visitor_is_forgotten_wholly(engine: JobEngine, run_id: str) -> None:
    """Runs that go on are stopped first; of others nothing is touched."""
    upload = uploads.keep({"c.csv": b"a,b\n1,2\n"}, BEN)
    of(engine, BEN).train(LONG)
    assert {ANNA, BEN} <= kept_visitors(engine.store)
    until(lambda: forget(engine, BEN.__eq__))
    assert BEN not in kept_visitors(engine.store)
    with pytest.raises(LabError):
        uploads.path_of(upload)
    assert engine.store.summary(run_id).visitor == ANNA
