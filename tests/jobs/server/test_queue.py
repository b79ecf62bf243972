"""Jobs that wait: of one kind in turn, and never in the way of another kind."""

from __future__ import annotations

import dataclasses

from aecore.jobs.kinds import projection
from aecore.jobs.kinds.projection import MapRequest
from aecore.jobs.server.engine import JobEngine
from aecore.latent.maps.settings import MapSettings
from tests.jobs.conftest import ended, endless, learning, short
from tests.jobs.kinds.odd_work import until_stopped
from tests.waiting import until

BUSY = dataclasses.replace(projection.SPEC, work=until_stopped)


def request(run_id: str, seed: int) -> MapRequest:
    """A map of a second."""
    return MapRequest(run_id, MapSettings("tsne", 2, 60, seed, (("perplexity", 10),)))


def test_runs_that_wait_keep_no_map_from_being_drawn(engine: JobEngine, trained: str) -> None:
    """One run trains and another waits for it; the map waits for neither."""
    training, queued = engine.train(endless()), engine.train(short(1))
    learning(engine, training)

    job_id = engine.submit(projection.SPEC, request(trained, 11))
    until(lambda: engine.look(projection.SPEC, job_id).ended, 30)

    assert engine.look(projection.SPEC, job_id).state == "finished"
    assert engine.active() == [training, queued]
    engine.stop(training)
    ended(engine, queued)


def test_maps_that_wait_keep_no_run_from_training(engine: JobEngine, trained: str) -> None:
    """One map is drawn and others wait for it in order; a run begins all the same."""
    drawn, *waiting = (engine.submit(BUSY, request(trained, seed)) for seed in (1, 2, 3))
    until(lambda: engine.look(BUSY, drawn).state == "running")

    run_id = engine.train(short(1))
    ended(engine, run_id, 30)

    assert engine.view(run_id).state == "finished"
    assert [engine.look(BUSY, job_id).state for job_id in waiting] == ["queued", "queued"]
    engine.stop(drawn)
    until(lambda: engine.look(BUSY, waiting[0]).state == "running")
    assert engine.look(BUSY, waiting[1]).state == "queued"
    for job_id in reversed(waiting):
        engine.stop(job_id)
    until(lambda: engine.look(BUSY, waiting[0]).ended)
    assert engine.look(BUSY, waiting[1]).state == "stopped"
