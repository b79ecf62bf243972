"""What every kind of job holds to; each brings `examples/<name>.py`, and nothing here names it."""

from __future__ import annotations

import dataclasses
import importlib
import pickle
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from aecore.jobs.kind import JobKind, Work
from aecore.jobs.kinds import KINDS, RESOURCES
from aecore.jobs.server.engine import JobEngine
from aecore.progress import ENDINGS, Event, JobView, ended, started
from aecore.runs import RunStore
from tests.jobs.conftest import WARM_SECONDS
from tests.jobs.kinds.odd_work import fail, until_stopped
from tests.waiting import until

ROOT = Path(__file__).parents[3]

AnyKind = JobKind[Any, Any]
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


def examples(kind: AnyKind) -> ModuleType:
    """Requests of a kind: `short(run_id)` and `long(run_id)`."""
    return importlib.import_module(f"tests.jobs.kinds.examples.{kind.name}")


def seen(engine: JobEngine, kind: AnyKind, job_id: str) -> JobView:
    """How far a job is."""
    view: JobView | None = engine.look(kind, job_id)
    assert view is not None
    return view


def end(engine: JobEngine, kind: AnyKind, job_id: str) -> JobView:
    """The view of a job once it has ended."""
    until(lambda: seen(engine, kind, job_id).ended, WARM_SECONDS)
    return seen(engine, kind, job_id)


@every_kind
def test_it_says_what_it_is(kind: AnyKind) -> None:
    """In words, and in a form that can be sent to a worker of another process."""
    assert kind.title and kind.summary.endswith(".") and kind.plural and kind.lighter.endswith(".")
    assert RESOURCES[kind.resource] == kind.at_once
    sent = pickle.loads(pickle.dumps(kind))
    assert (sent.name, sent.work, sent.view) == (kind.name, kind.work, kind.view)


@every_kind
def test_it_is_done_and_tells_how_far_it_is(engine: JobEngine, trained: str, kind: AnyKind) -> None:
    """It ends as finished, and has told more than its beginning and its end."""
    request = examples(kind).short(trained)

    job_id = engine.submit(kind, request)
    view = end(engine, kind, job_id)

    assert (view.state, view.cause) == ("finished", "")
    assert view != kind.view(request).after(ended("finished"))
    assert engine.latest(kind, request) == job_id


@every_kind
def test_it_stops_once_it_has_begun(store: RunStore, trained: str, kind: AnyKind) -> None:
    """Its work, called as a worker would, hears a stop and returns an end that says so."""
    request, told = examples(kind).long(trained), list[Event]()
    job_id = "0" * 32
    if kind.records is not None:
        job_id = kind.records.enter(store, request, "")
        assert kind.records.claim(store, job_id)

    last = kind.work(Work(job_id, told.append, lambda: len(told) > 1, lambda: store), request)

    assert last["event"] == "stopped"
    assert told[0]["event"] == "started"
    assert not {event["event"] for event in told} & set(ENDINGS)
    view = kind.view(request)
    for event in (*told, last):
        view = view.after(event)
    assert view != kind.view(request).after(started()).after(ended("stopped"))


@every_kind
def test_one_under_way_and_one_that_waits_are_stopped(
    engine: JobEngine, trained: str, kind: AnyKind
) -> None:
    """The one that waits ends at once and never begins."""
    request, busy = examples(kind).short(trained), dataclasses.replace(kind, work=until_stopped)
    under_way = engine.submit(busy, request)
    until(lambda: seen(engine, busy, under_way).state == "running")
    waits = engine.submit(kind, request)

    engine.stop(waits)
    view = end(engine, kind, waits)

    assert view == kind.view(request).after(ended("stopped"))
    assert seen(engine, busy, under_way).state == "running"
    engine.stop(under_way)
    assert end(engine, busy, under_way).state == "stopped"


@every_kind
def test_an_error_of_its_work_is_a_sentence(
    engine: JobEngine, store: RunStore, trained: str, kind: AnyKind
) -> None:
    """It ends as failed, also where it is written down, and the next job is done."""
    broken = dataclasses.replace(kind, work=fail)

    job_id = engine.submit(broken, examples(kind).short(trained))
    view = end(engine, broken, job_id)

    assert view.state == "failed"
    assert "nobody foresaw (RuntimeError)" in view.cause
    assert "log of the app" in view.remedy
    if kind.records is not None:
        kept = kind.records.view(store, job_id)
        assert (kept.state, kept.cause) == (view.state, view.cause)
    assert end(engine, kind, engine.submit(kind, examples(kind).short(trained))).cause == ""


def test_pages_may_import_kinds_without_what_is_heavy() -> None:
    """Neither Dask nor Keras nor MLflow comes along."""
    script = (
        "import aecore.jobs.kinds, sys\n"
        "print({'distributed', 'tensorflow', 'keras', 'mlflow'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
