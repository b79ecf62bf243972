"""Are maps drawn in the background, beside a training, with progress and a stop?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.jobs import JobEngine
from aecore.latent.maps.projection import tsne
from aecore.latent.maps.umap import umap
from aecore.runs import RunStore
from tests.jobs.conftest import ended, endless, learning, short
from tests.waiting import until


@pytest.fixture(scope="module")
def trained(shared_engine: JobEngine) -> str:
    """A run with samples."""
    run_id = shared_engine.submit(short())
    ended(shared_engine, run_id, 180)
    return run_id


def test_a_map_is_drawn_with_progress(engine: JobEngine, store: RunStore, trained: str) -> None:
    """The same map as without a job, and points on the way there."""
    job_id = engine.project(trained, dimensions=2, perplexity=20, iterations=400, seed=1)
    seen: set[int] = set()

    def done() -> bool:
        view = engine.projection(job_id)
        seen.add(view.iteration)
        return view.ended

    until(done)
    view = engine.projection(job_id)
    expected = tsne(store.samples(trained).code, 2, 20, 400, 1).points
    assert (view.state, view.iteration, view.iterations) == ("finished", 400, 400)
    np.testing.assert_array_equal(view.points, expected)
    assert len(seen) > 2


def test_a_map_is_drawn_beside_a_training(engine: JobEngine, trained: str) -> None:
    """It does not wait for the run, nor the run for it."""
    run_id = engine.submit(endless())
    learning(engine, run_id)

    job_id = engine.project(trained, dimensions=3, perplexity=10, iterations=60, seed=0)
    until(lambda: engine.projection(job_id).ended)

    assert engine.projection(job_id).points.shape[1] == 3
    assert not engine.view(run_id).ended
    engine.stop(run_id)
    ended(engine, run_id)


def test_a_map_can_be_stopped_and_stays_as_far_as_it_got(engine: JobEngine, trained: str) -> None:
    """The points of that moment are kept."""
    job_id = engine.project(trained, dimensions=2, perplexity=20, iterations=5000, seed=0)
    until(lambda: engine.projection(job_id).iteration > 0)

    engine.stop(job_id)
    until(lambda: engine.projection(job_id).ended, 10)

    view = engine.projection(job_id)
    assert view.state == "stopped"
    assert 0 < view.iteration < 5000
    assert np.isfinite(view.points).all()


def test_a_map_that_cannot_be_drawn_says_why(engine: JobEngine, trained: str) -> None:
    """Settings that do not fit, and a run that is gone."""
    too_much = engine.project(trained, dimensions=2, perplexity=99999, iterations=100, seed=0)
    no_run = engine.project("0" * 32, dimensions=2, perplexity=20, iterations=100, seed=0)

    for job_id, words in ((too_much, "Perplexity must be"), (no_run, "There is no run")):
        until(lambda job_id=job_id: engine.projection(job_id).ended)
        assert engine.projection(job_id).state == "failed"
        assert words in engine.projection(job_id).cause


@pytest.mark.slow
def test_umap_is_drawn_and_stopped(engine: JobEngine, store: RunStore, trained: str) -> None:
    """The same map as without a job; another, stopped, stays as far as it got."""
    settings = {"dimensions": 2, "neighbours": 10, "min_dist": 0.2, "seed": 1}
    whole = engine.project(trained, method="umap", iterations=100, **settings)
    cut = engine.project(trained, method="umap", iterations=5000, **settings)

    until(lambda: engine.projection(whole).ended, 120)
    until(lambda: engine.projection(cut).iteration > 0)
    engine.stop(cut)
    until(lambda: engine.projection(cut).ended, 10)

    done, stopped = engine.projection(whole), engine.projection(cut)
    expected = umap(store.samples(trained).code, iterations=100, **settings).points
    assert (done.state, done.iteration, done.iterations) == ("finished", 100, 100)
    np.testing.assert_array_equal(done.points, expected)
    assert stopped.state == "stopped"
    assert 0 < stopped.iteration < 5000
    assert np.isfinite(stopped.points).all()
