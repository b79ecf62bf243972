"""`JobKind`: what a kind of job declares of itself, and `Work`, what a worker gives it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from aecore.experiment import Experiment
from aecore.jobs.explaining import SMALLER
from aecore.progress import Emit, Event, JobView, ShouldStop
from aecore.runs.store import RunStore

Request = TypeVar("Request")
View = TypeVar("View", bound=JobView)
Seen = TypeVar("Seen", bound=JobView, covariant=True)

FRAME_SECONDS = 0.25
LESS = "Choose fewer epochs, a smaller model or fewer rows."
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
        seconds: that it may take from now on; None for as long as it takes.
    """

    def __init__(
        self,
        job_id: str,
        tell: Emit,
        should_stop: ShouldStop,
        open_store: Callable[[], RunStore],
        seconds: float | None = None,
    ) -> None:
        self.job_id, self.tell = job_id, tell
        self._asked_to_stop, self._open_store = should_stop, open_store
        self._seconds, self._end = seconds, time.monotonic() + (seconds or math.inf)
        self._drawn = 0.0

    @property
    def time_is_up(self) -> bool:
        """Whether it has taken as long as it may."""
        return time.monotonic() >= self._end

    def should_stop(self) -> bool:
        """Whether to end now and keep what there is."""
        return self.time_is_up or self._asked_to_stop()

    def explained(self, last: Event) -> Event:
        """The last event, which says so where the work was stopped because time was up."""
        if last["event"] != "stopped" or not self.time_is_up:
            return last
        cause = f"It was stopped after {(self._seconds or 0) / 60:g} minutes, the most here."
        return {**last, "cause": cause, "remedy": LESS}

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
class Claims:
    """What a request asks for that must be its visitor's to have.

    Attributes:
        runs: the runs with which something is kept.
        sources: the data sets that are read, as in `data.source`.
        data_of: the runs whose data set is read again.
        experiment: what is trained; its data set is read too.
        keeps: what of the visitor's space the result takes, `runs` or `maps`.
    """

    runs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    data_of: tuple[str, ...] = ()
    experiment: Experiment | None = None
    keeps: str | None = None


@dataclass(frozen=True)
class Left(Generic[Request]):
    """A job that an earlier server left in the store, queued or running.

    Attributes:
        job_id: the job.
        request: what it was asked for; None where that cannot be read.
        owner: the server that sent it.
        visitor: whose it is.
    """

    job_id: str
    request: Request | None
    owner: str
    visitor: str = ""


class Records(Protocol[Request, Seen]):
    """How jobs of a kind are written down in the run store, so that they outlive their server."""

    def enter(self, store: RunStore, request: Request, owner: str, visitor: str) -> str:
        """Write a new job down as queued; its id. `owner` is the server, `visitor` whose it is."""
        ...

    def claim(self, store: RunStore, job_id: str) -> bool:
        """Take a queued job, to begin or to withdraw it; of all who ask, in all processes, one
        gets it.
        """
        ...

    def view(self, store: RunStore, job_id: str) -> Seen:
        """The job as the store has it."""
        ...

    def has_ended(self, store: RunStore, job_id: str) -> bool:
        """Whether its end is written down, or nothing of it any more."""
        ...

    def keep_end(self, store: RunStore, job_id: str, told: Sequence[Event], last: Event) -> None:
        """Write down how a job ended whose work did not get to do so, and what it had told.

        One whose end is written down keeps that. Raises `RunStoreError` if the store refuses; it
        is asked again then.
        """
        ...

    def take_up(self, store: RunStore, job_id: str, owner: str) -> bool:
        """Queue a job again whose process died, if what it had done so far is kept.

        As with `claim`, of all who ask one gets it; it belongs to that owner then.
        """
        ...

    def begin_again(self, store: RunStore, job_id: str, owner: str) -> bool:
        """Queue a job once more whose process died, to be done anew; as with `take_up`."""
        ...

    def left(self, store: RunStore) -> list[Left[Request]]:
        """All jobs that are queued or running."""
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
        claims: gives what of a request must be its visitor's to have.
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
    claims: Callable[[Request], Claims]
    resource: str
    at_once: int = 1
    priority: int = 1
    superseded: tuple[str, ...] = ()
    bulky: tuple[str, ...] = ()
    joins: bool = False
    records: Records[Request, View] | None = None
    lighter: str = SMALLER
    order: int = 50
