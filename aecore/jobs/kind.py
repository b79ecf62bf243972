"""`JobKind`: what a kind of job declares of itself, and `Work`, what a worker gives it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from aecore.jobs.explaining import SMALLER
from aecore.progress import Emit, Event, JobView, ShouldStop
from aecore.runs.store import RunStore

Request = TypeVar("Request")
View = TypeVar("View", bound=JobView)
Seen = TypeVar("Seen", bound=JobView, covariant=True)

FRAME_SECONDS = 0.25
# The resource of all kinds that train: Keras has state for the whole process, so that a worker
# trains one model at a time.
TRAINING = "training"


class Work:
    """One job in a worker.

    Args:
        job_id: the job.
        tell: sends an event to every server; the first is `started`, the end is not for the work
            to tell.
        should_stop: whether a user wants no more of it; asking costs nothing.
        open_store: opens the run store.
    """

    def __init__(
        self,
        job_id: str,
        tell: Emit,
        should_stop: ShouldStop,
        open_store: Callable[[], RunStore],
    ) -> None:
        self.job_id, self.tell, self.should_stop = job_id, tell, should_stop
        self._open_store = open_store
        self._drawn = 0.0

    @property
    def store(self) -> RunStore:
        """The run store, where what comes of the work is kept.

        Raises:
            RunStoreError: it cannot be opened.
        """
        return self._open_store()

    def is_due(self) -> bool:
        """Whether a page would draw what is told now; True at most four times a second."""
        now = time.monotonic()
        if now - self._drawn < FRAME_SECONDS:
            return False
        self._drawn = now
        return True


@dataclass(frozen=True)
class Left(Generic[Request]):
    """A job that an earlier server left in the store, queued or running.

    Attributes:
        job_id: the job.
        request: what it was asked for; None where that cannot be read.
        owner: the server that sent it.
    """

    job_id: str
    request: Request | None
    owner: str


class Records(Protocol[Request, Seen]):
    """How jobs of a kind are written down in the run store, so that they outlive their server."""

    def enter(self, store: RunStore, request: Request, owner: str) -> str:
        """Write a new job down as queued; its id."""
        ...

    def claim(self, store: RunStore, job_id: str) -> bool:
        """Take a queued job, to begin or to withdraw it; of all who ask, in all processes, one
        gets it.
        """
        ...

    def view(self, store: RunStore, job_id: str) -> Seen:
        """The job as the store has it."""
        ...

    def keep_end(self, store: RunStore, job_id: str, told: list[Event], last: Event) -> None:
        """Write down how a job ended whose work did not get to do so, and what it had told.

        What the store refuses goes to the log: a page hears of the end in any case.
        """
        ...

    def left(self, store: RunStore) -> list[Left[Request]]:
        """All jobs that are queued or running."""
        ...

    def mark_interrupted(
        self, store: RunStore, job_ids: Iterable[str], cause: str, remedy: str
    ) -> None:
        """End those of the jobs as interrupted that are still queued or running."""
        ...


@dataclass(frozen=True)
class JobKind(Generic[Request, View]):
    """One kind of job. Its functions are sent to workers by name: each belongs to a module.

    Attributes:
        name: as logs have it.
        title: as people have it.
        summary: what comes of it, in a sentence.
        plural: several of its jobs, as in "50 maps are waiting".
        work: does a job in a worker: tells `started` and what else is to be seen meanwhile, keeps
            what comes of it, and returns the last event. An error is told as `failed`.
        view: gives the view of a request before its first event.
        resource: what a job takes of a worker. Kinds that name the same take turns.
        at_once: how many jobs of its resource a worker does at a time.
        priority: of jobs that wait, those of a higher one go first, then the older.
        superseded: names of events of which only the latest is kept.
        bulky: further ones of which a server keeps only the latest, and a worker all, to store.
        joins: whether a request like one that is under way gets that job.
        records: how its jobs are written down. Without, they end with their server.
        lighter: what to do when memory ran out.
    """

    name: str
    title: str
    summary: str
    plural: str
    work: Callable[[Work, Request], Event]
    view: Callable[[Request], View]
    resource: str
    at_once: int = 1
    priority: int = 1
    superseded: tuple[str, ...] = ()
    bulky: tuple[str, ...] = ()
    joins: bool = False
    records: Records[Request, View] | None = None
    lighter: str = SMALLER
    order: int = 50
