"""`Job`: what the server knows of one job."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic

from aecore.errors import LabError
from aecore.jobs.kind import JobKind, Request, View
from aecore.jobs.recording import EventLog
from aecore.runs.store import RunStore

MAX_ATTEMPTS = 5


@dataclass
class Job(Generic[Request, View]):
    """A job of a kind.

    Attributes:
        job_id: that of its record, such as a run, where it has one.
        kind: what it does and how it is seen.
        request: what it was asked for.
        place: when it was submitted; earlier ones go first.
        visitor: whose it is, where visitors are told apart.
        turn: visitors take turns; earlier ones go first, whenever they were submitted.
        seconds: that it may take; None for as long as it takes.
        log: what it has told.
        attempt: how often it was sent to the scheduler.
        asked_to_stop: whether a user wants no more of it.
    """

    job_id: str
    kind: JobKind[Request, View]
    request: Request
    place: int
    visitor: str = ""
    turn: int = 0
    seconds: float | None = None
    log: EventLog[View] = field(init=False)
    attempt: int = 0
    asked_to_stop: bool = False

    def __post_init__(self) -> None:
        superseded = (*self.kind.superseded, *self.kind.bulky)
        self.log = EventLog(self.kind.view(self.request), superseded)

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

    @property
    def order(self) -> tuple[int, int]:
        """Of jobs of a kind that wait, the one with the smallest goes first."""
        return self.turn, self.place

    @property
    def urgency(self) -> tuple[int, int, int]:
        """Of all jobs that wait, the one with the largest goes first."""
        return self.kind.priority, -self.turn, -self.place

    @property
    def queues_at_scheduler(self) -> bool:
        """Whether it waits for its turn there, where it goes on without this server."""
        return self.kind.records is not None

    def withdraw(self, store: RunStore) -> bool:
        """Whether nobody has begun the job, so that from now on no worker will.

        Who claims a job that is written down decides on it; one that is not is decided here for as
        long as it has not been sent.
        """
        if self.kind.records is None:
            return not self.attempt
        return self.kind.records.claim(store, self.job_id)

    def take_up(self, store: RunStore, owner: str) -> bool:
        """Whether a job whose process died was queued again, to go on from what it had kept."""
        records = self.kind.records
        if records is None or not records.take_up(store, self.job_id, owner):
            return False
        self.asked_to_stop = False
        self.log.restart(records.view(store, self.job_id))
        return True

    def goes_on(self, store: RunStore, owner: str, state: str, *, anew: bool) -> bool:
        """Whether a job whose process died is to be sent once more.

        Args:
            state: how it is written down.
            anew: whether it may be done anew where nothing of it is kept.
        """
        if state != "running":
            return state == "queued" and self.attempt < MAX_ATTEMPTS
        return self.take_up(store, owner) or (anew and self.begin_again(store, owner))

    def begin_again(self, store: RunStore, owner: str) -> bool:
        """Whether a job whose process died, with all it had done, was queued to be done anew."""
        records = self.kind.records
        if self.asked_to_stop or records is None:
            return False
        if not records.begin_again(store, self.job_id, owner):
            return False
        self.log.begin_again(self.kind.view(self.request))
        return True

    def leave(self, store: RunStore, owner: str) -> bool:
        """Whether the server that comes next can go on with it from what it had kept."""
        try:
            return self.take_up(store, owner)
        except LabError:
            return False

    def known(self, store: RunStore) -> View | None:
        """The job as it was written down, or as it told; None if what was written cannot be read.

        Deleted, or the store is away: the page must hear of an end all the same.
        """
        if self.kind.records is None:
            return self.view
        try:
            return self.kind.records.view(store, self.job_id)
        except LabError:
            return None


def job_id(key: str) -> str:
    """The job that one of Dask's names is for."""
    return key.rsplit("-", 1)[0]


def attempt(key: str) -> int:
    """Which attempt one of Dask's names is for."""
    return int(key.rsplit("-", 1)[1])
