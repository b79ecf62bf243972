"""Measuring dimensions: error and accuracy against the encoding dimension of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aecore.access.allowance import RUNS
from aecore.errors import LabError
from aecore.evaluation.dimensions.measuring import STEPS, measure_dimensions
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.progress import Event, JobView, ended, started
from aecore.runs import kept_dimensions


@dataclass(frozen=True)
class DimensionsRequest:
    """Which run's dimensions are measured."""

    run_id: str


@dataclass(frozen=True)
class DimensionsView(JobView):
    """The job as its events so far tell it; immutable.

    What was measured is in `aecore.runs.kept_dimensions`, step by step.

    Attributes:
        doing: what is being done, in words; empty before it runs.
        done: steps done.
    """

    doing: str = ""
    done: int = 0

    @property
    def share_done(self) -> float | None:
        """Steps done, from 0 to 1."""
        return self.done / len(STEPS)

    def changes(self, event: Event) -> dict[str, Any]:
        """What is being done, and how far it is."""
        return {key: event[key] for key in ("doing", "done") if key in event}


def _work(work: Work, request: DimensionsRequest) -> Event:
    work.tell(started())
    try:
        _measure(work, request)
    except LabError:
        # What was broken off says so as an error.
        if not work.should_stop():
            raise
    return ended("stopped" if work.should_stop() else "finished")


def _measure(work: Work, request: DimensionsRequest) -> None:
    """What a step tells is kept before the next begins, so that a stop loses nothing."""
    from aecore.runs.loading import load
    from aecore.runs.training_data import training_data

    done = 0

    def on_doing(doing: str) -> None:
        work.tell({"event": "progress", "doing": doing, "done": done})

    on_doing("Reading")
    result = load(work.store.folder(request.run_id))
    prepared, _ = training_data(result, work.should_stop)
    model = result.autoencoder
    steps = measure_dimensions(result.experiment, prepared, model, on_doing, work.should_stop)
    for measured in steps:
        done += 1
        kept_dimensions.keep(work.store, request.run_id, measured)
        work.tell({"event": "progress", "done": done})


def _view(request: DimensionsRequest) -> DimensionsView:
    return DimensionsView()


def _claims(request: DimensionsRequest) -> Claims:
    return Claims(runs=(request.run_id,), data_of=(request.run_id,), keeps=RUNS)


SPEC = JobKind(
    name="dimensions",
    title="Dimensions",
    summary="Measures what each encoding dimension reaches, and keeps it with its run.",
    plural="runs whose dimensions to measure",
    work=_work,
    view=_view,
    claims=_claims,
    # It takes turns with the scoring of rows: both hold a data set.
    resource="scoring",
    joins=True,
    lighter="Take fewer rows, or close other programs.",
    order=60,
)
