"""`Supervisor`: brings jobs to the cluster and to their end, whatever happens to either."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from distributed import KilledWorker

from aecore.errors import LabError
from aecore.jobs.explaining import SERVER_GONE, died, explain
from aecore.jobs.recording import Message
from aecore.jobs.server import temporary
from aecore.jobs.server.connection import Connection
from aecore.jobs.server.job import Job, attempt, job_id
from aecore.jobs.server.left_behind import Found, LeftBehind
from aecore.jobs.server.lifeline import Lifeline
from aecore.jobs.server.ownership import Ownership
from aecore.jobs.server.table import AnyJob, AnyKind, JobTable
from aecore.jobs.server.unkept import UnkeptEnds
from aecore.progress import Event, ended
from aecore.runs import RunStore

_log = logging.getLogger(__name__)


class Supervisor:
    """Connects to the cluster, sends it the jobs, and sees each to an end.

    One thread does all work on jobs, one thing after another, and that of `Lifeline` connects and
    reconnects. Callers only read, or leave work for it.
    """

    def __init__(self, store: RunStore, scheduler: str | None, owner: Ownership) -> None:
        self._store, self._scheduler, self._owner = store, scheduler, owner
        self._table = JobTable()
        self._submitting = threading.Lock()
        self._unkept = UnkeptEnds(store)
        self._left_behind = LeftBehind(store, owner)
        self._not_recovered: Connection | None = None
        self._missing: set[str] = set()
        self._closing = threading.Event()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._lifeline = Lifeline(
            scheduler,
            store.location,
            self._hear,
            self._returned,
            on_connected=lambda connection: self._later(self._recover, connection),
            on_round=lambda: self._later(self._round),
            is_busy=lambda: any(job.view.state == "running" for job in self.jobs()),
        )

    @property
    def state(self) -> str:
        """As of `Lifeline`."""
        return self._lifeline.state

    @property
    def trouble(self) -> LabError | None:
        """The same."""
        return self._lifeline.trouble

    def start(self) -> None:
        """Begin to connect."""
        atexit.register(self.close)
        self._lifeline.start()

    def submit(self, make: Callable[[], AnyJob]) -> str:
        """Make a job and send it as soon as there is a connection; its id."""
        with self._submitting:
            job = make()
            self._table.add(job)
        self._table.forget_old()
        self._later(self._send_waiting)
        return job.job_id

    def find(self, job_id: str) -> AnyJob | None:
        """A job of this server."""
        return self._table.find(job_id)

    def jobs(self, kind: AnyKind | None = None) -> list[AnyJob]:
        """All jobs, or those of one kind, oldest first."""
        return self._table.jobs(kind)

    def stop(self, job_id: str) -> None:
        """Ask a job to stop; one that has ended is written down as that, if it was refused before.

        Raises:
            RunStoreError: its end is refused again.
        """
        job = self.find(job_id)
        if job is not None and not job.ended:
            self._later(self._stop, job)
        elif job is not None:
            self._unkept.keep_now(job)

    def stop_elsewhere(self, job_id: str) -> None:
        """Stop a job that this server does not know, or end it, if it is nobody's.

        Raises:
            JobError: it is no unfinished job, or that of another server.
            RunStoreError: its end cannot be written down.
        """
        at_scheduler, connection = self._at_scheduler(), self._lifeline.connection
        if connection is not None and job_id in at_scheduler:
            connection.ask_to_stop(job_id)
        else:
            self._left_behind.end_now(job_id, self._found(), at_scheduler)

    def call(self, function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """As `Lifeline.call`."""
        return self._lifeline.call(function, *arguments, seconds=seconds)

    def close(self) -> None:
        """Disconnect; end a cluster of our own and mark its unfinished runs."""
        if self._closing.is_set():
            return
        self._closing.set()
        atexit.unregister(self.close)
        self._lifeline.close()
        self._worker.shutdown(wait=True, cancel_futures=True)
        for job in self._table.going_on():
            # With a scheduler elsewhere it goes on, and what is kept waits for the next server.
            if not (job.attempt and (self._scheduler or job.leave(self._store, self._owner.name))):
                self._end(job, SERVER_GONE)
        self._unkept.try_again()

    def _later(self, work: Callable[..., None], *arguments: Any) -> None:
        """Leave work for the thread that does it; after `close` there is none."""
        if not self._closing.is_set():
            self._worker.submit(_logged, work, *arguments)

    def _hear(self, message: Message) -> None:
        job = self.find(message["job"])
        if job is not None:
            job.log.hear(message)

    def _returned(self, key: str, error: BaseException | None) -> None:
        job = self.find(job_id(key))
        if job is not None and key == job.key:
            self._later(self._settle, job, error)

    def _send_waiting(self) -> None:
        """Send the jobs that may begin; without a connection, `_recover` will.

        Dask looks only at the first of all jobs that wait for something a worker lacks. So only
        those that are written down wait there, where they go on without us; others wait here for
        their turn, and a run in the queue keeps no map from being drawn.
        """
        for job in self._table.waiting():
            connection = self._lifeline.connection
            if connection is None:
                return
            begun = self._table.begun(job.kind.resource)
            if job.queues_at_scheduler or begun < connection.workers * job.kind.at_once:
                self._send(connection, job)

    def _send(self, connection: Connection, job: AnyJob) -> None:
        job.attempt += 1
        if job.asked_to_stop:
            connection.ask_to_stop(job.job_id)
        connection.send(job)

    def _stop(self, job: AnyJob) -> None:
        if job.ended:
            return
        connection = self._lifeline.connection
        if connection is not None:
            connection.ask_to_stop(job.job_id)
        if job.withdraw(self._store):
            self._end(job, ended("stopped"))

    def _settle(self, job: AnyJob, error: BaseException | None) -> None:
        """See to a job whose task returned or died, and let the next one begin."""
        connection = self._lifeline.connection
        if connection is not None:
            connection.forget_flag(job.job_id)
        if job.ended:
            self._unkept.check(job)
        else:
            self._conclude(job, error)
        self._send_waiting()

    def _end(self, job: AnyJob, last: Event) -> None:
        """Write down how a job ended, where it is written down at all, and tell it."""
        self._unkept.keep(job, last)
        if not job.ended:
            job.log.tell(last)

    def _conclude(self, job: AnyJob, error: BaseException | None) -> None:
        """Find the end of a job that did not tell of one; one that had not begun is sent again.

        When a process dies, Dask counts it against every job that was queued there too.
        """
        known = job.known(self._store)
        state = known.state if known is not None else "running"
        has_died = error is None or isinstance(error, KilledWorker)
        if known is not None and known.ended:
            job.log.replace(known)
            self._unkept.keep(job, ended(state))
        elif has_died and self._may_go_on(job, state):
            self._send_again(job)
        elif has_died:
            cause, remedy = died(job.kind.lighter)
            self._end(job, ended("interrupted", cause=cause, remedy=remedy))
        else:
            reason = explain(error or RuntimeError(), job.kind.lighter)
            self._end(job, ended("failed", cause=reason.cause, remedy=reason.remedy))

    def _may_go_on(self, job: AnyJob, state: str) -> bool:
        # Elsewhere there may be other workers; the only one here died, most likely, of this job.
        others = self._scheduler is not None
        return job.goes_on(self._store, self._owner.name, state, anew=others)

    def _send_again(self, job: AnyJob) -> None:
        """Send a job that did not begin, or goes on where it was kept; if not now, `_recover`."""
        connection = self._lifeline.connection
        if connection is not None:
            self._send(connection, job)

    def _recover(self, connection: Connection) -> None:
        """Bring the jobs that we or an earlier server know of in line with the scheduler's."""
        self._not_recovered = connection
        keys = {job_id(key): key for key in connection.task_keys()}
        left = self._found()
        for job in self._table.going_on():
            if job.job_id in keys:
                self._attach(connection, job, keys[job.job_id])
            elif job.attempt:
                self._conclude(job, None)
        self._send_waiting()
        for kind, found in left:
            if found.job_id in keys and found.request is not None:
                job = Job(found.job_id, kind, found.request, place=-1, visitor=found.visitor)
                self._table.add(job)
                self._attach(connection, job, keys[job.job_id])
        self._end_left_behind(left, keys)
        self._send_waiting()
        self._not_recovered = None

    def _round(self) -> None:
        """See to it that nothing stays as it is for ever; done every few seconds."""
        self._unkept.try_again()
        temporary.clear()
        self._owner.clear()
        connection = self._lifeline.connection
        if connection is not None and self._not_recovered is connection:
            # The store refused to be read, or to be written to, when that was tried.
            self._recover(connection)
        at_scheduler = self._at_scheduler()
        self._end_left_behind(self._found(), at_scheduler)
        if connection is not None:
            self._conclude_missing(at_scheduler)
            self._send_waiting()

    def _end_left_behind(self, found: list[Found], at_scheduler: Collection[str]) -> None:
        """End what is nobody's, or go on with it where it was kept."""
        for job in self._left_behind.end(found, at_scheduler):
            self._table.add(job)

    def _conclude_missing(self, at_scheduler: set[str]) -> None:
        """Find the end of jobs that were sent and are nowhere any more."""
        missing = [j for j in self._table.going_on() if j.attempt and j.job_id not in at_scheduler]
        for job in missing:
            # When this is seen first, the word of its end may be on its way.
            if job.job_id in self._missing:
                self._settle(job, None)
        self._missing = {job.job_id for job in missing}

    def _at_scheduler(self) -> set[str]:
        connection = self._lifeline.connection
        return set() if connection is None else {job_id(key) for key in connection.task_keys()}

    def _found(self) -> list[Found]:
        """The unfinished jobs of the store that are none of ours."""
        # A job that is being made is in the store before it is in the table.
        with self._submitting:
            ours = {*(job.job_id for job in self.jobs()), *self._unkept.waiting()}
            return self._left_behind.find(ours)

    def _attach(self, connection: Connection, job: AnyJob, key: str) -> None:
        job.attempt = attempt(key)
        job.log.hold()
        job.log.catch_up(connection.backlog(job.job_id))
        connection.watch(key)


def _logged(work: Callable[..., None], *arguments: Any) -> None:
    try:
        work(*arguments)
    except Exception:
        _log.exception("Work on a job failed.")
