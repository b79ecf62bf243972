"""What does the engine know of one job?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from aecore.jobs.recording import EventLog, View


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
