"""Holding each class of a run's data out in turn."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from aecore import environment
from aecore.access.allowance import RUNS
from aecore.evaluation.anomalies.by_class import ClassDetection
from aecore.jobs.kind import TRAINING, Claims, JobKind, Work
from aecore.jobs.worker.caches import model_cache
from aecore.progress import Event, JobView, ended, started
from aecore.runs import kept_class_holdout


@dataclass(frozen=True)
class ClassHoldoutRequest:
    """Of which run the experiment is trained again, without each class in turn."""

    run_id: str


@dataclass(frozen=True)
class ClassHoldoutView(JobView):
    """The job as its events so far tell it; immutable.

    Attributes:
        classes: how many there are; 0 before it runs.
        doing: the class that is held out now.
        found: of the classes done.
    """

    classes: int = 0
    doing: str = ""
    found: tuple[ClassDetection, ...] = ()

    @property
    def share_done(self) -> float | None:
        """Classes done, from 0 to 1; None before the first begins."""
        return len(self.found) / self.classes if self.classes else None

    def changes(self, event: Event) -> dict[str, Any]:
        """Which class is held out, and what was found of another."""
        changes: dict[str, Any] = {key: event[key] for key in ("classes", "doing") if key in event}
        if "found" in event:
            new = kept_class_holdout.as_detection(event["found"])
            changes["found"] = (*self.found, new)
        return changes


def _work(work: Work, request: ClassHoldoutRequest) -> Event:
    """What is found is kept class by class, so that a stop loses none that is done."""
    environment.refuse_other_backend()
    from aecore.class_holdout import classes_of, hold_each_out

    experiment = work.store.summary(request.run_id).experiment.valid()
    work.tell(started(classes=len(classes_of(experiment))))

    def on_class(name: str) -> None:
        work.tell({"event": "progress", "doing": name})

    found: list[ClassDetection] = []
    for each in hold_each_out(experiment, on_class, work.should_stop, model_cache()):
        found.append(each)
        kept_class_holdout.keep(work.store, request.run_id, found)
        work.tell({"event": "class", "found": asdict(each)})
    return ended("stopped" if work.should_stop() else "finished")


def _view(request: ClassHoldoutRequest) -> ClassHoldoutView:
    return ClassHoldoutView()


def _claims(request: ClassHoldoutRequest) -> Claims:
    return Claims(runs=(request.run_id,), data_of=(request.run_id,), keeps=RUNS)


SPEC = JobKind(
    name="class-holdout",
    title="Classes held out",
    summary="Trains without each class in turn and tells how well its rows are found odd.",
    plural="tables of classes",
    work=_work,
    view=_view,
    claims=_claims,
    resource=TRAINING,
    joins=True,
    order=50,
)
