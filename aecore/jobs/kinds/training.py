"""Training a run of the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aecore import environment
from aecore.access.allowance import RUNS
from aecore.errors import ExperimentError
from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from aecore.jobs.kind import TRAINING, Claims, JobKind, Left, Work
from aecore.jobs.worker.caches import model_cache
from aecore.jobs.worker.capacity import refuse_more_than_is_free
from aecore.jobs.worker.event_writer import EventWriter
from aecore.progress import ENDINGS, Event, started
from aecore.runs.artifacts import EVENTS, UNMEASURED
from aecore.runs.endings import keep_ending, log_missing_epochs
from aecore.runs.kept_events import kept_events
from aecore.runs.layout import RunSummary
from aecore.runs.run_view import RunView
from aecore.runs.store import RunStore

if TYPE_CHECKING:
    from aecore.run import Result
    from aecore.trained import Trained
    from aecore.training.snapshot_recorder import SnapshotRecorder


@dataclass(frozen=True)
class TrainingRequest:
    """What to train; the store finds a name if it is empty.

    Attributes:
        parent: the run that it is trained beside; empty of one by itself.
    """

    experiment: Experiment
    name: str = ""
    parent: str = ""


class RunRecords:
    """A job is a run of the store."""

    def enter(self, store: RunStore, request: TrainingRequest, owner: str, visitor: str) -> str:
        return store.create(
            request.experiment, request.name, owner=owner, visitor=visitor, parent=request.parent
        )

    def claim(self, store: RunStore, job_id: str) -> bool:
        return store.claim(job_id)

    def view(self, store: RunStore, job_id: str) -> RunView:
        return store.view(job_id)

    def has_ended(self, store: RunStore, job_id: str) -> bool:
        run = store.find(job_id)
        return run is None or run.ended

    def keep_end(self, store: RunStore, job_id: str, told: Sequence[Event], last: Event) -> None:
        keep_ending(store, job_id, told, last)

    def take_up(self, store: RunStore, job_id: str, owner: str) -> bool:
        return store.take_up(job_id, owner)

    def begin_again(self, store: RunStore, job_id: str, owner: str) -> bool:
        return store.begin_again(job_id, owner)

    def left(self, store: RunStore) -> list[Left[TrainingRequest]]:
        return [
            Left(run.run_id, _request(run), run.owner, run.visitor) for run in store.unfinished()
        ]


def _request(run: RunSummary) -> TrainingRequest | None:
    try:
        return TrainingRequest(run.experiment.valid(), run.name, run.parent)
    except ExperimentError:
        return None


def _work(work: Work, request: TrainingRequest) -> Event:
    """Train the run and keep it; what it tells is in the store before anybody can see it.

    The model is kept before it is measured: where that was as far as it came, only that is left.
    """
    if UNMEASURED in work.store.names(work.job_id):
        return _finish(work)
    with EventWriter(work.store, work.job_id) as writer:
        result, last = _train(request.experiment, work, writer)
    last = work.explained(last)
    _keep(work, last, lambda folder: _save_measured(result, folder))
    return last


def _train(experiment: Experiment, work: Work, writer: EventWriter) -> tuple[Result, Event]:
    """The result and its last event, which is held back until all is kept."""
    environment.refuse_other_backend()
    refuse_more_than_is_free(experiment)
    from aecore.run import train

    endings: list[Event] = []

    def on_event(event: Event) -> None:
        if event["event"] in ENDINGS:
            endings.append(event)
            return
        writer.add(event)
        work.tell(event)

    def on_trained(trained: Trained, snapshots: SnapshotRecorder) -> None:
        with work.store.keeping(work.job_id) as folder:
            trained.save(folder, snapshots)

    result = train(
        experiment,
        on_event=on_event,
        should_stop=work.should_stop,
        model_cache=model_cache(),
        on_trained=on_trained,
    )
    return result, endings[-1]


def _save_measured(result: Result, folder: Path) -> None:
    from aecore.trained import save_measured

    save_measured(folder, result.metrics, result.samples, result.scorer, result.events)


def _finish(work: Work) -> Event:
    """Measure a model that a process kept which then died."""
    from aecore.trained import Trained

    work.tell(started())
    kept = work.store.folder(work.job_id)
    figures = Trained.load(kept).measure()
    told = list(kept_events(kept / EVENTS))
    log_missing_epochs(work.store, work.job_id, told)
    _keep(work, figures.ending, lambda folder: figures.save(folder, [*told, figures.ending]))
    return figures.ending


def _keep(work: Work, last: Event, save: Callable[[Path], None]) -> None:
    with work.store.keeping(work.job_id) as folder:
        save(folder)
    cause, remedy = last.get("cause", ""), last.get("remedy", "")
    work.store.end(work.job_id, last["event"], last["metrics"], cause=cause, remedy=remedy)
    work.store.remove(work.job_id, UNMEASURED)


def _view(request: TrainingRequest) -> RunView:
    return RunView(experiment=StoredExperiment.from_dict(request.experiment.to_dict()))


def _claims(request: TrainingRequest) -> Claims:
    beside = (request.parent,) if request.parent else ()
    return Claims(runs=beside, experiment=request.experiment, keeps=RUNS)


SPEC = JobKind(
    name="training",
    title="Training",
    summary="Trains the model of an experiment and keeps it as a run.",
    plural="runs",
    work=_work,
    view=_view,
    claims=_claims,
    resource=TRAINING,
    priority=0,
    superseded=("progress",),
    # The film of a run needs all snapshots, a page that watches it the last.
    bulky=("snapshot",),
    records=RunRecords(),
    order=10,
)
