"""Measuring dimensions: error and accuracy against the encoding dimension of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aecore.access.allowance import RUNS
from aecore.evaluation.dimensions.measuring import STEPS, MeasuredDimensions, measure_dimensions
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.jobs.measuring import MeasuringView, OnDoing, measure_run
from aecore.progress import Event
from aecore.runs import kept_dimensions

if TYPE_CHECKING:
    from aecore.data.prepare.prepared_data import Prepared
    from aecore.runs.result import Result


@dataclass(frozen=True)
class DimensionsRequest:
    """Which run's dimensions are measured."""

    run_id: str


@dataclass(frozen=True)
class DimensionsView(MeasuringView):
    """What was measured is in `aecore.runs.kept_dimensions`, step by step."""


def _work(work: Work, request: DimensionsRequest) -> Event:
    def steps(
        result: Result, prepared: Prepared, on_doing: OnDoing
    ) -> Iterator[MeasuredDimensions]:
        return measure_dimensions(
            result.experiment,
            prepared,
            result.autoencoder,
            lambda doing: on_doing(doing, STEPS.index(doing) / len(STEPS)),
            work.should_stop,
        )

    keep = partial(kept_dimensions.keep, work.store, request.run_id)
    return measure_run(work, request.run_id, steps, keep)


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
