"""What does the engine know of one job?"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from aecore.data.reading_options import ReadingOptions
from aecore.jobs import tasks
from aecore.jobs.folders import folders
from aecore.jobs.inspections import InspectionView
from aecore.jobs.messages import INSPECTION, PROJECTION, TRAINING
from aecore.jobs.projections import ProjectionView
from aecore.jobs.recording import EventLog, View
from aecore.runs.store import StoreLocation
from aecore.training.events import RunView


@dataclass
class Job(Generic[View]):
    """A run to train, a map to draw or a data set to look at.

    Attributes:
        job_id: the run's id, the map's, or the inspection's.
        resource: what a worker must have free for it, of `RESOURCES`.
        function: what the worker calls.
        arguments: with these, after the id.
        place: when it was submitted; earlier ones go first.
        log: what it has told.
        attempt: how often it was sent to the scheduler.
        asked_to_stop: whether a user wants no more of it.
    """

    job_id: str
    resource: str
    function: Callable[..., None]
    arguments: tuple[Any, ...]
    place: int
    log: EventLog[View]
    attempt: int = 0
    asked_to_stop: bool = False

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
        (experiment, location, folders()),
        place,
        EventLog(RunView(experiment=experiment), superseded=("progress", "snapshot")),
    )


def projection_job(
    run_id: str, method: str, settings: dict[str, Any], location: StoreLocation, place: int
) -> Job[ProjectionView]:
    """The job that draws a map of a run's codes, by one of `METHODS` with its settings."""
    return Job(
        uuid.uuid4().hex,
        PROJECTION,
        tasks.project_run,
        (run_id, method, settings, location),
        place,
        EventLog(ProjectionView(iterations=settings["iterations"]), superseded=("moved",)),
    )


def inspection_job(source: str, reading: ReadingOptions, place: int) -> Job[InspectionView]:
    """The job that makes the check sheet of a data set that is read in this way."""
    return Job(
        uuid.uuid4().hex,
        INSPECTION,
        tasks.inspect_source,
        (source, reading.model_dump(mode="json"), folders()),
        place,
        EventLog(InspectionView(), superseded=("progress",)),
    )
