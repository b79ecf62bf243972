"""Training a run of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aecore import environment
from aecore.errors import ExperimentError
from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from aecore.jobs.kind import TRAINING, JobKind, Left, Work
from aecore.jobs.worker.caches import model_cache
from aecore.jobs.worker.capacity import refuse_more_than_is_free
from aecore.jobs.worker.event_writer import EventWriter
from aecore.progress import ENDINGS, Event
from aecore.runs.endings import keep_ending
from aecore.runs.layout import RunSummary
from aecore.runs.run_view import RunView
from aecore.runs.store import RunStore

if TYPE_CHECKING:
    from aecore.run import Result


@dataclass(frozen=True)
class TrainingRequest:
    """What to train; the store finds a name if it is empty."""

    experiment: Experiment
    name: str = ""


class RunRecords:
    """A job is a run of the store."""

    def enter(self, store: RunStore, request: TrainingRequest, owner: str) -> str:
        return store.create(request.experiment, request.name, owner=owner)

    def claim(self, store: RunStore, job_id: str) -> bool:
        return store.claim(job_id)

    def view(self, store: RunStore, job_id: str) -> RunView:
        return store.view(job_id)

    def has_ended(self, store: RunStore, job_id: str) -> bool:
        run = store.find(job_id)
        return run is None or run.ended

    def keep_end(self, store: RunStore, job_id: str, told: Sequence[Event], last: Event) -> None:
        keep_ending(store, job_id, told, last)

    def left(self, store: RunStore) -> list[Left[TrainingRequest]]:
        return [Left(run.run_id, _request(run), run.owner) for run in store.unfinished()]


def _request(run: RunSummary) -> TrainingRequest | None:
    try:
        return TrainingRequest(run.experiment.valid(), run.name)
    except ExperimentError:
        return None


def _work(work: Work, request: TrainingRequest) -> Event:
    """Train the run and keep it; what it tells is in the store before anybody can see it."""
    with EventWriter(work.store, work.job_id) as writer:
        result, last = _train(request.experiment, work, writer)
    _keep(work.store, work.job_id, result, last)
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

    result = train(
        experiment, on_event=on_event, should_stop=work.should_stop, model_cache=model_cache()
    )
    return result, endings[-1]


def _keep(store: RunStore, run_id: str, result: Result, last: Event) -> None:
    from aecore.run import save

    with store.keeping(run_id) as folder:
        save(result, folder)
    store.end(run_id, last["event"], last["metrics"])


def _view(request: TrainingRequest) -> RunView:
    return RunView(experiment=StoredExperiment.from_dict(request.experiment.to_dict()))


SPEC = JobKind(
    name="training",
    title="Training",
    summary="Trains the model of an experiment and keeps it as a run.",
    plural="runs",
    work=_work,
    view=_view,
    resource=TRAINING,
    priority=0,
    superseded=("progress",),
    # The film of a run needs all snapshots, a page that watches it the last.
    bulky=("snapshot",),
    records=RunRecords(),
    order=10,
)
