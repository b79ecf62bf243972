"""Measuring features: what probes tell of a target by the codes of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aecore.access.allowance import RUNS
from aecore.evaluation.features.measuring import STEPS, MeasuredFeatures, measure_features
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.jobs.measuring import MeasuringView, OnDoing, measure_run
from aecore.progress import Event
from aecore.runs import kept_features

if TYPE_CHECKING:
    from aecore.data.prepare.prepared_data import Prepared
    from aecore.runs.result import Result


@dataclass(frozen=True)
class FeaturesRequest:
    """Which run's codes are probed, and for what.

    Attributes:
        target: `aecore.evaluation.features.targets` names them; empty for the first.
    """

    run_id: str
    target: str = ""


@dataclass(frozen=True)
class FeaturesView(MeasuringView):
    """What was measured is in `aecore.runs.kept_features`, the probes before few labels."""


def _work(work: Work, request: FeaturesRequest) -> Event:
    def steps(result: Result, prepared: Prepared, on_doing: OnDoing) -> Iterator[MeasuredFeatures]:
        return measure_features(
            result.experiment,
            prepared,
            result.autoencoder,
            request.target,
            lambda doing, done: on_doing(doing, done / STEPS),
            work.should_stop,
        )

    keep = partial(kept_features.keep, work.store, request.run_id, target=request.target)
    return measure_run(work, request.run_id, steps, keep)


def _view(request: FeaturesRequest) -> FeaturesView:
    return FeaturesView()


def _claims(request: FeaturesRequest) -> Claims:
    return Claims(runs=(request.run_id,), data_of=(request.run_id,), keeps=RUNS)


SPEC = JobKind(
    name="features",
    title="Features",
    summary="Measures what the codes of a run tell of a target, and keeps it with the run.",
    plural="runs whose features to measure",
    work=_work,
    view=_view,
    claims=_claims,
    # It takes turns with the scoring of rows: both hold a data set.
    resource="scoring",
    superseded=("progress",),
    joins=True,
    lighter="Take fewer rows, or close other programs.",
    order=70,
)
