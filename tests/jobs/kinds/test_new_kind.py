"""A new kind of job is one file: the app sends, watches and stops `toy.py` as it is."""

from __future__ import annotations

import json

from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore
from tests.jobs.kinds.toy import FILE, SPEC, DoublingRequest, DoublingView
from tests.waiting import until


def seen(engine: JobEngine, job_id: str) -> DoublingView:
    """How far a doubling is."""
    view = engine.look(SPEC, job_id)
    assert view is not None
    return view


def test_it_is_done_and_its_result_is_an_artifact_of_its_run(
    engine: JobEngine, store: RunStore, trained: str
) -> None:
    """The result is there as soon as the end is seen."""
    job_id = engine.submit(SPEC, DoublingRequest(trained, 1000))
    until(lambda: seen(engine, job_id).ended)

    assert seen(engine, job_id) == DoublingView("finished", done=1000, count=1000)
    assert json.loads(store.path(trained, FILE).read_text()) == [1994, 1996, 1998]
    assert FILE in store.names(trained)
    store.remove(trained, FILE)


def test_it_is_watched_joined_and_stopped(engine: JobEngine, store: RunStore, trained: str) -> None:
    """Its share grows, the same request is the same job, and what there is of it is kept."""
    endless = DoublingRequest(trained, 10**12)
    job_id = engine.submit(SPEC, endless)
    until(lambda: (seen(engine, job_id).share_done or 0) > 0)
    early = seen(engine, job_id)
    until(lambda: seen(engine, job_id).done > early.done)

    assert engine.submit(SPEC, endless) == job_id
    engine.stop(job_id)
    until(lambda: seen(engine, job_id).ended, 10)

    assert (early.state, seen(engine, job_id).state) == ("running", "stopped")
    assert len(json.loads(store.path(trained, FILE).read_text())) == 3
    store.remove(trained, FILE)
