"""`Supervisor`: brings jobs to the cluster and to their end, whatever happens to either."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from distributed import KilledWorker

from aecore.errors import JobError, LabError
from aecore.jobs.explaining import SERVER_GONE, died, explain
from aecore.jobs.kind import Left
from aecore.jobs.kinds import KINDS
from aecore.jobs.recording import Message
from aecore.jobs.server.connection import Connection
from aecore.jobs.server.job import Job, attempt, job_id
from aecore.jobs.server.ownership import Ownership
from aecore.jobs.server.table import AnyJob, AnyKind, JobTable
from aecore.progress import JobView, ended
from aecore.runs import RunStore

LOOK_SECONDS = 0.5
RETRY_SECONDS = 5.0
JOIN_SECONDS = 5.0
MAX_ATTEMPTS = 5

_log = logging.getLogger(__name__)


class Supervisor:
    """Connects to the cluster, sends it the jobs, and sees each to an end.

    Two threads: one connects and reconnects, the other does all work on jobs, one thing after
    another. Callers only read, or leave work for it.
    """

    def __init__(self, store: RunStore, scheduler: str | None, owner: Ownership) -> None:
        self._store, self._scheduler, self._owner = store, scheduler, owner
        self._table = JobTable()
        self._submitting = threading.Lock()
        self._connection: Connection | None = None
        self._was_lost = False
        self._closing = threading.Event()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._connector = threading.Thread(target=self._stay_connected, daemon=True, name="cluster")

    @property
    def state(self) -> str:
        """`starting`, `warming`, `ready` or `lost`."""
        connection = self._connection
        if connection is None:
            return "lost" if self._was_lost else "starting"
        if connection.is_lost:
            return "lost"
        return "ready" if connection.is_warm else "warming"

    def start(self) -> None:
        """Begin to connect."""
        atexit.register(self.close)
        self._connector.start()

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
        """Ask a job to stop."""
        job = self.find(job_id)
        if job is not None and not job.ended:
            self._later(self._stop, job)

    def call(self, function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        """What a function returns in a worker; it is no job, and lost if the worker dies.

        Raises:
            LabError: no worker is warm, it took too long, or it failed.
        """
        connection = self._connection
        if connection is None or connection.is_lost or not connection.is_warm:
            raise JobError("The worker is not ready yet.", "Try again in a moment.")
        try:
            return connection.call(function, *arguments, seconds=seconds)
        except TimeoutError:
            raise JobError(
                f"The worker did not answer within {seconds:g} seconds.",
                "It may be busy; try again in a moment.",
            ) from None
        except Exception as error:
            raise explain(error) from error

    def close(self) -> None:
        """Disconnect; end a cluster of our own and mark its unfinished runs."""
        if self._closing.is_set():
            return
        self._closing.set()
        atexit.unregister(self.close)
        if self._connector.is_alive():
            self._connector.join(JOIN_SECONDS)
        if self._connection is not None:
            self._connection.close()
        self._worker.shutdown(wait=True, cancel_futures=True)
        for job in self.jobs():
            if not job.ended and (self._scheduler is None or not job.attempt):
                cause, remedy = SERVER_GONE
                job.end(self._store, ended("interrupted", cause=cause, remedy=remedy))

    def _stay_connected(self) -> None:
        while not self._closing.is_set():
            if self._connection is None or self._connection.is_lost:
                self._connect()
            self._closing.wait(LOOK_SECONDS if self._connection is not None else RETRY_SECONDS)

    def _connect(self) -> None:
        if self._connection is not None:
            _log.error("The scheduler is lost; connecting again.")
            self._was_lost = True
            lost, self._connection = self._connection, None
            lost.close()
        try:
            connection = Connection(
                self._scheduler, self._store.location, self._hear, self._returned
            )
        except Exception:
            _log.exception("There is no connection to a scheduler.")
            self._was_lost = True
            return
        self._connection = connection
        self._later(self._recover, connection)

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
            connection = self._connection
            if connection is None:
                return
            begun = self._table.begun(job.kind.resource)
            if job.queues_at_scheduler or begun < connection.workers * job.kind.at_once:
                self._send(connection, job)

    def _send(self, connection: Connection, job: AnyJob) -> None:
        if connection.is_lost:
            return
        job.attempt += 1
        if job.asked_to_stop:
            connection.ask_to_stop(job.job_id)
        connection.send(job)

    def _stop(self, job: AnyJob) -> None:
        if job.ended:
            return
        if self._connection is not None and not self._connection.is_lost:
            self._connection.ask_to_stop(job.job_id)
        if job.withdraw(self._store):
            job.end(self._store, ended("stopped"))

    def _settle(self, job: AnyJob, error: BaseException | None) -> None:
        """See to a job whose task returned or died, and let the next one begin."""
        if self._connection is not None:
            self._connection.forget_flag(job.job_id)
        if not job.ended:
            self._conclude(job, error)
        self._send_waiting()

    def _conclude(self, job: AnyJob, error: BaseException | None) -> None:
        """Find the end of a job that did not tell of one; one that had not begun is sent again.

        When a process dies, Dask counts it against every job that was queued there too.
        """
        known = self._known(job)
        state = known.state if known is not None else "running"
        has_died = error is None or isinstance(error, KilledWorker)
        if known is not None and known.ended:
            job.log.replace(known)
        elif state == "queued" and has_died and job.attempt < MAX_ATTEMPTS:
            if self._connection is not None:
                self._send(self._connection, job)
        elif has_died:
            cause, remedy = died(job.kind.lighter)
            job.end(self._store, ended("interrupted", cause=cause, remedy=remedy))
        else:
            reason = explain(error or RuntimeError(), job.kind.lighter)
            job.end(self._store, ended("failed", cause=reason.cause, remedy=reason.remedy))

    def _known(self, job: AnyJob) -> JobView | None:
        """The job as it was written down, or as it told; None if what was written cannot be read.

        Deleted, or the store is away: the page must hear of an end all the same.
        """
        if job.kind.records is None:
            return job.view
        try:
            return job.kind.records.view(self._store, job.job_id)
        except LabError:
            return None

    def _recover(self, connection: Connection) -> None:
        """Bring the jobs that we or an earlier server know of in line with the scheduler's."""
        keys = {job_id(key): key for key in connection.task_keys()}
        with self._submitting:
            known = {job.job_id: job for job in self.jobs() if not job.ended}
            left = {kind.name: self._left(kind, known) for kind in KINDS.values()}
        for job in known.values():
            if job.job_id in keys:
                self._attach(connection, job, keys[job.job_id])
            elif job.attempt:
                self._conclude(job, None)
        self._send_waiting()
        for kind in KINDS.values():
            self._take_over(connection, kind, left[kind.name], keys)

    def _left(self, kind: AnyKind, known: Mapping[str, AnyJob]) -> list[Left[Any]]:
        """The jobs of a kind that an earlier server left behind."""
        if kind.records is None:
            return []
        return [job for job in kind.records.left(self._store) if job.job_id not in known]

    def _take_over(
        self, connection: Connection, kind: AnyKind, left: list[Left[Any]], keys: Mapping[str, str]
    ) -> None:
        """Watch what an earlier server sent, and mark what was lost with it."""
        if kind.records is None:
            return
        for found in left:
            if found.job_id in keys and found.request is not None:
                job: AnyJob = Job(found.job_id, kind, found.request, place=-1)
                self._table.add(job)
                self._attach(connection, job, keys[job.job_id])
        gone = [
            found.job_id
            for found in left
            if found.job_id not in keys and self._owner.has_lost(found.owner)
        ]
        kind.records.mark_interrupted(self._store, gone, *SERVER_GONE)

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
