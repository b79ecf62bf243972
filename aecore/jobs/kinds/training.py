"""Training a run of the store."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aecore import environment
from aecore.errors import ExperimentError, LabError
from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from aecore.jobs.explaining import explain
from aecore.jobs.kind import TRAINING, JobKind, Left, Work
from aecore.jobs.worker.caches import model_cache
from aecore.jobs.worker.capacity import refuse_more_than_is_free
from aecore.jobs.worker.epochs import EpochWriter
from aecore.progress import ENDINGS, Event
from aecore.runs.layout import RunSummary
from aecore.runs.run_view import RunView
from aecore.runs.store import RunStore
from aecore.training.files import write_events, write_history

if TYPE_CHECKING:
    from aecore.run import Result

_log = logging.getLogger(__name__)


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

    def enter(self, store: RunStore, request: TrainingRequest, owner: str) -> str:
        return store.create(request.experiment, request.name, owner=owner, parent=request.parent)

    def claim(self, store: RunStore, job_id: str) -> bool:
        return store.claim(job_id)

    def view(self, store: RunStore, job_id: str) -> RunView:
        return store.view(job_id)

    def keep_end(self, store: RunStore, job_id: str, told: list[Event], last: Event) -> None:
        """Mark the run as ended, and keep its events and curve so far."""
        cause, remedy = last.get("cause", ""), last.get("remedy", "")
        try:
            store.end(job_id, last["event"], cause=cause, remedy=remedy)
            with tempfile.TemporaryDirectory() as folder:
                write_events([*told, last], Path(folder, "events.jsonl"))
                write_history(RunView.of(told).history, Path(folder, "history.csv"))
                store.keep(job_id, Path(folder))
        except (LabError, OSError) as error:
            _log.error("The end of run %s could not be kept: %s", job_id, explain(error))

    def left(self, store: RunStore) -> list[Left[TrainingRequest]]:
        return [Left(run.run_id, _request(run), run.owner) for run in store.unfinished()]

    def mark_interrupted(
        self, store: RunStore, job_ids: Iterable[str], cause: str, remedy: str
    ) -> None:
        store.mark_interrupted(job_ids, cause, remedy)


def _request(run: RunSummary) -> TrainingRequest | None:
    try:
        return TrainingRequest(run.experiment.valid(), run.name, run.parent)
    except ExperimentError:
        return None


def _work(work: Work, request: TrainingRequest) -> Event:
    """Train the run and keep it; its epochs are in the store while it trains."""
    with EpochWriter(work.store, work.job_id) as epochs:
        result, last = _train(request.experiment, work, epochs)
    _keep(work.store, work.job_id, result, last)
    return last


def _train(experiment: Experiment, work: Work, epochs: EpochWriter) -> tuple[Result, Event]:
    """The result and its last event, which is held back until all is kept."""
    environment.refuse_other_backend()
    refuse_more_than_is_free(experiment)
    from aecore.run import train

    endings: list[Event] = []

    def on_event(event: Event) -> None:
        if event["event"] in ENDINGS:
            endings.append(event)
            return
        if event["event"] == "epoch":
            epochs.add(event)
        work.tell(event)

    result = train(
        experiment, on_event=on_event, should_stop=work.should_stop, model_cache=model_cache()
    )
    return result, endings[-1]


def _keep(store: RunStore, run_id: str, result: Result, last: Event) -> None:
    from aecore.run import save

    with tempfile.TemporaryDirectory() as folder:
        save(result, Path(folder))
        store.keep(run_id, Path(folder))
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
