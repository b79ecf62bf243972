"""Measuring features: what probes tell of a target by the codes of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aecore.access.allowance import RUNS
from aecore.errors import LabError
from aecore.evaluation.features.measuring import STEPS, measure_features
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.progress import Event, JobView, ended, started
from aecore.runs import kept_features


@dataclass(frozen=True)
class FeaturesRequest:
    """Which run's codes are probed, and for what.

    Attributes:
        target: `aecore.evaluation.features.targets` names them; empty for the first.
    """

    run_id: str
    target: str = ""


@dataclass(frozen=True)
class FeaturesView(JobView):
    """The job as its events so far tell it; immutable.

    What was measured is in `aecore.runs.kept_features`, the probes before few labels.

    Attributes:
        doing: what is being done, in words; empty before it runs.
        done: steps done.
    """

    doing: str = ""
    done: int = 0

    @property
    def share_done(self) -> float | None:
        """Steps done, from 0 to 1."""
        return self.done / STEPS

    def changes(self, event: Event) -> dict[str, Any]:
        """What is being done, and how far it is."""
        return {key: event[key] for key in ("doing", "done") if key in event}


def _work(work: Work, request: FeaturesRequest) -> Event:
    work.tell(started())
    try:
        _measure(work, request)
    except LabError:
        # What was broken off says so as an error.
        if not work.should_stop():
            raise
    return ended("stopped" if work.should_stop() else "finished")


def _measure(work: Work, request: FeaturesRequest) -> None:
    """What a step tells is kept before the next begins, so that a stop loses nothing."""
    from aecore.runs.loading import load
    from aecore.runs.training_data import training_data

    def on_doing(doing: str, done: int) -> None:
        work.tell({"event": "progress", "doing": doing, "done": done})

    on_doing("Reading", 0)
    result = load(work.store.folder(request.run_id))
    prepared, _ = training_data(result, work.should_stop)
    steps = measure_features(
        result.experiment,
        prepared,
        result.autoencoder,
        request.target,
        on_doing,
        work.should_stop,
    )
    for measured in steps:
        kept_features.keep(work.store, request.run_id, measured, request.target)
    if not work.should_stop():
        work.tell({"event": "progress", "done": STEPS})


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
