"""Maps drawn in the background, beside a training, and kept with their run."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from aecore.jobs.kinds.projection import ProjectionView
from aecore.jobs.server.engine import JobEngine
from aecore.latent.maps.methods import METHODS
from aecore.latent.maps.settings import MapSettings
from aecore.latent.maps.stored import StoredMap
from aecore.runs import RunStore
from aecore.runs.maps import kept_maps, load_map
from tests.jobs.conftest import ended, endless, learning, short
from tests.waiting import until


def settings(iterations: int, perplexity: int = 20, seed: int = 0) -> MapSettings:
    """Of a t-SNE map in the plane."""
    return MapSettings("tsne", 2, iterations, seed, (("perplexity", perplexity),))


def seen(engine: JobEngine, run_id: str, asked_for: MapSettings) -> ProjectionView:
    """How far a map is."""
    found = engine.projection(run_id, asked_for)
    assert found is not None
    return found[1]


def kept(store: RunStore, run_id: str, asked_for: MapSettings) -> StoredMap:
    """The newest map of these settings as a server finds it that starts now."""
    again = RunStore.at(store.location)
    name = next(each.name for each in kept_maps(again, run_id) if each.digest == asked_for.digest)
    return load_map(again, run_id, name)


def test_a_map_is_drawn_with_progress_and_kept(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """The same map as without a job, points on the way there, and a file with its run."""
    asked_for = settings(400, seed=1)
    engine.project(trained, asked_for)
    moved: set[int] = set()

    def done() -> bool:
        view = seen(engine, trained, asked_for)
        moved.add(view.iteration)
        return view.ended

    until(done)
    view, stored = seen(engine, trained, asked_for), kept(store, trained, asked_for)
    expected = METHODS["tsne"].draw(store.samples(trained).code, **asked_for.arguments)
    assert (view.state, view.iteration, view.iterations) == ("finished", 400, 400)
    np.testing.assert_array_equal(view.points, expected.points)
    np.testing.assert_array_equal(stored.points, expected.points)
    assert (stored.settings, stored.is_whole) == (asked_for, True)
    assert stored.divergence == pytest.approx(expected.divergence)
    assert len(moved) > 2


def test_a_map_is_drawn_beside_a_training(engine: JobEngine, trained: str) -> None:
    """It does not wait for the run, nor the run for it."""
    run_id = engine.train(endless())
    learning(engine, run_id)
    asked_for = MapSettings("tsne", 3, 60, 0, (("perplexity", 10),))

    engine.project(trained, asked_for)
    until(lambda: seen(engine, trained, asked_for).ended)

    points = seen(engine, trained, asked_for).points
    assert points is not None
    assert points.shape[1] == 3
    assert not engine.view(run_id).ended
    engine.stop(run_id)
    ended(engine, run_id)


def test_a_map_can_be_stopped_and_is_kept_as_far_as_it_got(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """The points of that moment, marked as not being the whole map."""
    asked_for = settings(5000)
    job_id = engine.project(trained, asked_for)
    assert engine.project(trained, asked_for) == job_id, "who asks for it meanwhile joins"
    until(lambda: seen(engine, trained, asked_for).iteration > 0)

    engine.stop(job_id)
    until(lambda: seen(engine, trained, asked_for).ended, 10)

    view, stored = seen(engine, trained, asked_for), kept(store, trained, asked_for)
    assert view.state == "stopped"
    assert 0 < view.iteration < 5000
    np.testing.assert_array_equal(stored.points, view.points)
    assert (stored.is_whole, stored.iterations) == (False, view.iteration)


def test_a_map_that_cannot_be_drawn_says_why(engine: JobEngine, trained: str) -> None:
    """Settings that do not fit, and a run that is gone."""
    too_much, gone = settings(100, perplexity=99999), settings(100)
    engine.project(trained, too_much)
    engine.project("0" * 32, gone)

    for run_id, asked_for, words in (
        (trained, too_much, "Perplexity must be"),
        ("0" * 32, gone, "There is no run"),
    ):
        until(lambda run_id=run_id, asked_for=asked_for: seen(engine, run_id, asked_for).ended)
        assert seen(engine, run_id, asked_for).state == "failed"
        assert words in seen(engine, run_id, asked_for).cause


def test_a_map_whose_run_is_deleted_meanwhile_brings_no_file_back(
    engine: JobEngine, store: RunStore, trained: str, tmp_path: Path
) -> None:
    """It cannot be kept and says so; its points are still there for the page that watches."""
    shutil.copy(store.path(trained, "samples.npz"), tmp_path)
    run_id = store.create(short())
    store.keep(run_id, tmp_path)
    store.end(run_id, "finished")
    asked_for = settings(5000)
    job_id = engine.project(run_id, asked_for)
    until(lambda: seen(engine, run_id, asked_for).iteration > 0)

    store.delete(run_id)
    engine.stop(job_id)
    until(lambda: seen(engine, run_id, asked_for).ended, 10)

    view = seen(engine, run_id, asked_for)
    assert (view.state, view.points is None) == ("failed", False)
    assert "There is no run" in view.cause
    assert not store.path(run_id, "samples.npz").parent.exists()


@pytest.mark.slow
def test_umap_is_drawn_and_stopped(engine: JobEngine, store: RunStore, trained: str) -> None:
    """The same map as without a job; another, stopped, stays as far as it got."""
    own = (("neighbours", 10), ("min_dist", 0.2))
    whole, cut = MapSettings("umap", 2, 100, 1, own), MapSettings("umap", 2, 5000, 1, own)
    engine.project(trained, whole)
    job_id = engine.project(trained, cut)

    until(lambda: seen(engine, trained, whole).ended, 120)
    until(lambda: seen(engine, trained, cut).iteration > 0)
    engine.stop(job_id)
    until(lambda: seen(engine, trained, cut).ended, 10)

    done, stopped = seen(engine, trained, whole), kept(store, trained, cut)
    expected = METHODS["umap"].draw(store.samples(trained).code, **whole.arguments).points
    assert (done.state, done.iteration, done.iterations) == ("finished", 100, 100)
    np.testing.assert_array_equal(done.points, expected)
    assert not stopped.is_whole
    assert 0 < stopped.iterations < 5000
    assert np.isfinite(stopped.points).all()
