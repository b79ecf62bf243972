"""How are jobs brought to the cluster and to their end, whatever happens to either?"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from distributed import KilledWorker

from aecore.errors import JobError, LabError
from aecore.jobs.connection import Connection
from aecore.jobs.explaining import DIED, SERVER_GONE, explain
from aecore.jobs.job import Job, job_id, training_job
from aecore.jobs.keeping import keep_end
from aecore.jobs.messages import TRAINING
from aecore.jobs.ownership import Ownership
from aecore.jobs.recording import Message
from aecore.runs import RunStore
from aecore.runs.layout import RunSummary
from aecore.training.events import ENDINGS, Event, ended

LOOK_SECONDS = 0.5
RETRY_SECONDS = 5.0
JOIN_SECONDS = 5.0
MAX_ATTEMPTS = 5
KEPT_ENDED = 30

AnyJob = Job[Any]

_log = logging.getLogger(__name__)


class Supervisor:
    """Connects to the cluster, sends it the jobs, and sees each to an end.

    Two threads: one connects and reconnects, the other does all work on jobs, one thing after
    another. Callers only read, or leave work for it.
    """

    def __init__(self, store: RunStore, scheduler: str | None, owner: Ownership) -> None:
        self._store, self._scheduler, self._owner = store, scheduler, owner
        self._jobs: dict[str, AnyJob] = {}
        self._lock = threading.Lock()
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
            with self._lock:
                self._jobs[job.job_id] = job
        self._forget_old_jobs()
        self._later(self._send, job)
        return job.job_id

    def find(self, job_id: str) -> AnyJob | None:
        """A job of this server."""
        with self._lock:
            return self._jobs.get(job_id)

    def jobs(self, resource: str | None = None) -> list[AnyJob]:
        """All jobs, or those of one kind, oldest first."""
        with self._lock:
            found = [job for job in self._jobs.values() if resource in (None, job.resource)]
        return sorted(found, key=lambda job: job.place)

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
                self._end(job, ended("interrupted", cause=SERVER_GONE[0], remedy=SERVER_GONE[1]))

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

    def _send(self, job: AnyJob) -> None:
        """Send a new job; without a connection, `_recover` will."""
        if not job.attempt and not job.ended:
            self._send_again(job)

    def _send_again(self, job: AnyJob) -> None:
        connection = self._connection
        if connection is None or connection.is_lost:
            return
        job.attempt += 1
        connection.send(job)

    def _stop(self, job: AnyJob) -> None:
        if job.ended:
            return
        if self._connection is not None and not self._connection.is_lost:
            self._connection.ask_to_stop(job.job_id)
        # Who claims a run decides on it: from now on no worker can begin this one.
        if job.resource == TRAINING and self._store.claim(job.job_id):
            self._end(job, ended("stopped", metrics={}))

    def _settle(self, job: AnyJob, error: BaseException | None) -> None:
        """See to a job whose task returned or died."""
        if self._connection is not None:
            self._connection.forget_flag(job.job_id)
        if not job.ended:
            self._conclude(job, error)

    def _conclude(self, job: AnyJob, error: BaseException | None) -> None:
        """Find the end of a job that did not tell of one; one that had not begun is sent again.

        When a process dies, Dask counts it against every job that was queued there too.
        """
        state = self._state(job)
        died = error is None or isinstance(error, KilledWorker)
        if state in ENDINGS:
            job.log.replace(self._store.view(job.job_id))
        elif state == "queued" and died and job.attempt < MAX_ATTEMPTS:
            self._send_again(job)
        elif died:
            self._end(job, ended("interrupted", cause=DIED[0], remedy=DIED[1]))
        else:
            reason = explain(error or RuntimeError())
            self._end(job, ended("failed", cause=reason.cause, remedy=reason.remedy))

    def _state(self, job: AnyJob) -> str:
        if job.resource != TRAINING:
            return str(job.view.state)
        try:
            return self._store.summary(job.job_id).state
        except LabError:
            # Deleted, or the store is away: the page must hear of an end all the same.
            return "running"

    def _end(self, job: AnyJob, last: Event) -> None:
        if job.resource == TRAINING:
            keep_end(self._store, job.job_id, job.log.events(), last)
        job.log.tell(last)

    def _recover(self, connection: Connection) -> None:
        """Bring the jobs that we or an earlier server know of in line with the scheduler's."""
        keys = {job_id(key): key for key in connection.task_keys()}
        with self._submitting:
            known = {job.job_id: job for job in self.jobs() if not job.ended}
            left = [run for run in self._store.unfinished() if run.run_id not in known]
        for job in known.values():
            if job.job_id in keys:
                self._attach(connection, job, keys[job.job_id])
            elif job.attempt:
                self._conclude(job, None)
            else:
                self._send(job)
        for run in left:
            if run.run_id in keys:
                self._adopt(connection, run, keys[run.run_id])
        gone = [
            run.run_id for run in left if run.run_id not in keys and self._owner.has_lost(run.owner)
        ]
        self._store.mark_interrupted(gone, *SERVER_GONE)

    def _adopt(self, connection: Connection, run: RunSummary, key: str) -> None:
        """Watch a run that an earlier server sent."""
        job = training_job(run.run_id, run.experiment.to_dict(), self._store.location, place=-1)
        with self._lock:
            self._jobs[run.run_id] = job
        self._attach(connection, job, key)

    def _attach(self, connection: Connection, job: AnyJob, key: str) -> None:
        job.attempt = int(key.rsplit("-", 1)[1])
        job.log.hold()
        job.log.catch_up(connection.backlog(job.job_id))
        connection.watch(key)

    def _forget_old_jobs(self) -> None:
        over = [job for job in self.jobs() if job.ended][:-KEPT_ENDED]
        with self._lock:
            for job in over:
                del self._jobs[job.job_id]


def _logged(work: Callable[..., None], *arguments: Any) -> None:
    try:
        work(*arguments)
    except Exception:
        _log.exception("Work on a job failed.")
