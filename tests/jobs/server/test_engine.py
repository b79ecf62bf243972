"""Do runs and maps get done in the background, one after another, and stop when asked?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import aecore
from aecore.errors import JobError
from aecore.experiment import Experiment
from aecore.jobs.kinds import projection
from aecore.jobs.kinds.projection import MapRequest
from aecore.jobs.server import engine as engine_module
from aecore.jobs.server.engine import JobEngine
from aecore.latent.maps.settings import MapSettings
from aecore.runs import RunStore
from tests.jobs.conftest import WARM_SECONDS, ended, endless, learning, short
from tests.waiting import last_change, until


def test_a_run_is_watched_and_then_kept_whole(engine: JobEngine, store: RunStore) -> None:
    """As soon as a page sees the end, everything it links to is there."""
    run_id = engine.train(short(3))
    ended(engine, run_id)

    live, kept, summary = engine.view(run_id), store.view(run_id), store.summary(run_id)
    assert live is not None
    assert live.state == kept.state == summary.state == "finished"
    assert live.history == kept.history
    assert live.metrics == kept.metrics
    assert live.epochs_done == summary.epochs == 3
    assert live.yardsticks is not None
    assert live.snapshot is not None
    assert summary.metrics["mse"] == pytest.approx(live.metrics["mse"])
    assert len(store.samples(run_id).code) == live.metrics["rows"]
    for name in ("autoencoder.keras", "encoder.keras", "decoder.keras", "history.csv"):
        assert store.path(run_id, name).is_file()
    loaded = aecore.load(store.folder(run_id))
    assert loaded.metrics == live.metrics
    assert loaded.preparation.sample_shape == loaded.samples.original.shape[1:]


def test_epochs_are_in_the_store_while_a_run_trains(engine: JobEngine, store: RunStore) -> None:
    """So that `mlflow ui` and a server that comes later see the curve grow."""
    run_id = engine.train(endless())
    learning(engine, run_id)

    until(lambda: store.summary(run_id).epochs >= 2)

    assert store.summary(run_id).state == "running"
    engine.stop(run_id)
    ended(engine, run_id)


def test_stop_acts_within_half_a_second_and_keeps_what_was_learned(
    engine: JobEngine, store: RunStore
) -> None:
    """Training ends at once; the run has its curve, its figures and its samples."""
    run_id = engine.train(endless())
    learning(engine, run_id)

    engine.stop(run_id)
    trained_on = last_change(
        lambda: engine.view(run_id).progress, lambda: engine.view(run_id).ended
    )

    view = engine.view(run_id)
    assert view.state == store.view(run_id).state == store.summary(run_id).state == "stopped"
    assert trained_on < 0.5
    assert view.epochs_done >= 2
    assert len(store.samples(run_id).code) > 0


def test_one_run_trains_at_a_time_in_the_order_of_submission(engine: JobEngine) -> None:
    """The others wait, oldest first."""
    first, second, third = (
        engine.train(endless()),
        engine.train(short()),
        engine.train(short()),
    )
    learning(engine, first)

    assert engine.active() == [first, second, third]
    assert [engine.view(run_id).state for run_id in (second, third)] == ["queued", "queued"]
    engine.stop(first)
    ended(engine, second)
    assert engine.view(first).state == "stopped"
    ended(engine, third)
    assert engine.active() == []


def test_a_queued_run_can_be_stopped_before_it_begins(engine: JobEngine, store: RunStore) -> None:
    """It is never trained, and what is behind it still runs."""
    first, second, third = (
        engine.train(endless()),
        engine.train(short()),
        engine.train(short()),
    )
    learning(engine, first)

    engine.stop(second)
    ended(engine, second, 5)
    engine.stop(first)
    ended(engine, third)

    assert engine.view(second).state == store.view(second).state == "stopped"
    assert store.view(second).epochs_done == 0
    assert Experiment.of(store.view(second).experiment.tree) == short()
    assert engine.view(third).state == "finished"


def test_stopping_twice_or_too_late_does_nothing(engine: JobEngine) -> None:
    """A double click and a click on a page that is behind."""
    run_id = engine.train(endless())
    learning(engine, run_id)
    engine.stop(run_id)
    engine.stop(run_id)
    ended(engine, run_id)

    engine.stop(run_id)

    assert engine.view(run_id).state == "stopped"


def test_a_run_that_diverges_fails_with_its_curve(engine: JobEngine, store: RunStore) -> None:
    """Cause and remedy are on the page and in the store."""
    rough = {"optimizer": "sgd", "learning_rate": 0.03, "batch_size": 256, "loss": "mse"}
    unscaled = {"preprocessing.scaling": "none", "model.output_activation": "linear"}
    run_id = engine.train(short(50, **rough).replace(unscaled))
    ended(engine, run_id)

    for view in (engine.view(run_id), store.view(run_id)):
        assert view.state == "failed"
        assert "diverged at epoch" in view.cause
        assert "learning rate" in view.remedy
        assert view.epochs_done >= 1
    assert store.summary(run_id).state == "failed"
    assert store.path(run_id, "history.csv").is_file()


def test_data_that_is_gone_fails_with_a_sentence(
    engine: JobEngine, store: RunStore, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A file that vanishes between the form and the worker."""
    path = tmp_path_factory.mktemp("data") / "mine.npz"
    np.savez(path, x=np.random.default_rng(0).random((50, 4)))
    experiment = Experiment.from_dict({"data": {"source": str(path)}, "training": {"epochs": 1}})
    path.unlink()

    run_id = engine.train(experiment)
    ended(engine, run_id)

    assert engine.view(run_id).state == "failed"
    assert str(path) in engine.view(run_id).cause
    assert store.view(run_id).cause == engine.view(run_id).cause


def test_many_threads_can_submit_watch_and_list(engine: JobEngine, store: RunStore) -> None:
    """As many browser tabs do."""

    def one(_: int) -> str:
        run_id = engine.train(short(1))
        assert engine.view(run_id) is not None
        assert run_id in {summary.run_id for summary in store.summaries()}
        engine.active()
        return run_id

    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(one, range(8)))
    for run_id in runs:
        ended(engine, run_id, WARM_SECONDS)

    assert len(set(runs)) == 8
    assert {engine.view(run_id).state for run_id in runs} == {"finished"}


def test_what_is_no_job_of_this_engine_is_none(engine: JobEngine) -> None:
    """And cannot be stopped."""
    assert engine.view("0" * 32) is None
    assert engine.look(projection.SPEC, "0" * 32) is None
    assert (
        engine.latest(projection.SPEC, MapRequest("0" * 32, MapSettings("tsne", 2, 9, 0))) is None
    )
    with pytest.raises(JobError, match="not a job of this app"):
        engine.stop("0" * 32)


def test_too_many_runs_at_once_are_refused(
    engine: JobEngine, store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a sentence, and without a run in the store."""
    monkeypatch.setattr(engine_module, "MAX_ACTIVE", 1)
    run_id = engine.train(endless())
    before = len(store.summaries())

    with pytest.raises(JobError, match="1 runs are waiting or under way already"):
        engine.train(short())

    assert len(store.summaries()) == before
    engine.stop(run_id)
    ended(engine, run_id)
