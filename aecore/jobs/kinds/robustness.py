"""Measuring robustness: what a run loses as its input is disturbed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aecore.access.allowance import RUNS
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.jobs.measuring import MeasuringView, OnDoing, measure_run
from aecore.progress import Event
from aecore.runs import kept_robustness

if TYPE_CHECKING:
    from aecore.data.prepare.prepared_data import Prepared
    from aecore.runs.result import Result


@dataclass(frozen=True)
class RobustnessRequest:
    """Which run's input is disturbed.

    Attributes:
        source: as in `data.source`; empty for the rows that the run held out.
    """

    run_id: str
    source: str = ""

    @property
    def file_name(self) -> str:
        """The name of the run's file that will hold what is measured."""
        return kept_robustness.file_name(self.source)


@dataclass(frozen=True)
class RobustnessView(MeasuringView):
    """What was measured is in `aecore.runs.kept_robustness`, one disturbance after another."""


def _work(work: Work, request: RobustnessRequest) -> Event:
    from aecore.evaluation.robustness.measuring import MeasuredRobustness, measure_robustness
    from aecore.runs.tried import tried_rows

    source, stopped = request.source, work.should_stop

    def steps(
        result: Result, prepared: Prepared, on_doing: OnDoing
    ) -> Iterator[MeasuredRobustness]:
        given = tried_rows(result, source, stopped) if source else None
        experiment, model = result.experiment, result.autoencoder
        return measure_robustness(experiment, prepared, model, given, on_doing, stopped)

    keep = partial(kept_robustness.keep, work.store, request.run_id, source=source)
    return measure_run(work, request.run_id, steps, keep)


def _view(request: RobustnessRequest) -> RobustnessView:
    return RobustnessView()


def _claims(request: RobustnessRequest) -> Claims:
    sources = (request.source,) if request.source else ()
    return Claims(runs=(request.run_id,), sources=sources, data_of=(request.run_id,), keeps=RUNS)


SPEC = JobKind(
    name="robustness",
    title="Robustness",
    summary="Measures what a run loses as its input is disturbed, and keeps it with the run.",
    plural="runs whose robustness to measure",
    work=_work,
    view=_view,
    claims=_claims,
    # It takes turns with the scoring of rows: both hold a data set.
    resource="scoring",
    superseded=("progress",),
    joins=True,
    lighter="Take fewer rows, or close other programs.",
    order=90,
)
