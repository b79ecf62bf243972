"""What does the engine know of one job?"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from aecore.jobs import tasks
from aecore.jobs.messages import PROJECTION, TRAINING
from aecore.jobs.projections import ProjectionView
from aecore.jobs.recording import EventLog, View
from aecore.runs.store import StoreLocation
from aecore.training.events import RunView


@dataclass
class Job(Generic[View]):
    """A run to train or a map to draw.

    Attributes:
        job_id: the run's id, or the map's.
        resource: what a worker must have free for it, of `RESOURCES`.
        function: what the worker calls.
        arguments: with these, after the id.
        place: when it was submitted; earlier ones go first.
        log: what it has told.
        attempt: how often it was sent to the scheduler.
    """

    job_id: str
    resource: str
    function: Callable[..., None]
    arguments: tuple[Any, ...]
    place: int
    log: EventLog[View]
    attempt: int = 0

    @property
    def key(self) -> str:
        """Dask's name for this attempt."""
        return f"{self.job_id}-{self.attempt}"

    @property
    def view(self) -> View:
        """How far it is."""
        return self.log.view

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.view.ended


def job_id(key: str) -> str:
    """The job that one of Dask's names is for."""
    return key.rsplit("-", 1)[0]


def training_job(
    run_id: str, experiment: dict[str, Any], location: StoreLocation, place: int
) -> Job[RunView]:
    """The job that trains a run of the store."""
    return Job(
        run_id,
        TRAINING,
        tasks.train_run,
        (experiment, location),
        place,
        EventLog(RunView(experiment=experiment), superseded=("progress", "snapshot")),
    )


def projection_job(
    run_id: str, settings: dict[str, Any], location: StoreLocation, place: int
) -> Job[ProjectionView]:
    """The job that draws a map of a run's codes, with the keywords of `tsne`."""
    return Job(
        uuid.uuid4().hex,
        PROJECTION,
        tasks.project_run,
        (run_id, settings, location),
        place,
        EventLog(ProjectionView(iterations=settings["iterations"]), superseded=("moved",)),
    )
