"""Measuring robustness: what a run loses as its input is disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aecore.access.allowance import RUNS
from aecore.errors import LabError
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.progress import Event, JobView, ended, started
from aecore.runs import kept_robustness


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
class RobustnessView(JobView):
    """The job as its events so far tell it; immutable.

    What was measured is in `aecore.runs.kept_robustness`, one disturbance after another.

    Attributes:
        doing: what is being done, in words; empty before it runs.
        done: the share that is done, from 0 to 1.
    """

    doing: str = ""
    done: float = 0.0

    @property
    def share_done(self) -> float | None:
        """The share that is done, from 0 to 1."""
        return self.done

    def changes(self, event: Event) -> dict[str, Any]:
        """What is being done, and how far it is."""
        return {key: event[key] for key in ("doing", "done") if key in event}


def _work(work: Work, request: RobustnessRequest) -> Event:
    work.tell(started())
    try:
        _measure(work, request)
    except LabError:
        # What was broken off says so as an error.
        if not work.should_stop():
            raise
    return ended("stopped" if work.should_stop() else "finished")


def _measure(work: Work, request: RobustnessRequest) -> None:
    """Each disturbance is kept before the next begins, so that a stop loses nothing."""
    from aecore.evaluation.robustness.measuring import measure_robustness
    from aecore.runs.loading import load
    from aecore.runs.training_data import training_data
    from aecore.runs.tried import tried_rows

    def on_doing(doing: str, share: float) -> None:
        work.tell({"event": "progress", "doing": doing, "done": share})

    on_doing("Reading", 0.0)
    result = load(work.store.folder(request.run_id))
    prepared, _ = training_data(result, work.should_stop)
    given = tried_rows(result, request.source, work.should_stop) if request.source else None
    steps = measure_robustness(
        result.experiment, prepared, result.autoencoder, given, on_doing, work.should_stop
    )
    for measured in steps:
        kept_robustness.keep(work.store, request.run_id, measured, request.source)
    if not work.should_stop():
        work.tell({"event": "progress", "done": 1.0})


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
