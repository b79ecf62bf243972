"""`JobEngine`: what pages ask for work in the background, to watch it and to stop it."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from aecore import environment
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import JobError, LabError
from aecore.experiment import Experiment
from aecore.experiment.cost import Capacity
from aecore.jobs.kind import JobKind, Request, View
from aecore.jobs.kinds import inspection, projection, training
from aecore.jobs.kinds.inspection import InspectionRequest, InspectionView
from aecore.jobs.kinds.projection import MapRequest, ProjectionView
from aecore.jobs.kinds.training import TrainingRequest
from aecore.jobs.server.job import Job
from aecore.jobs.server.ownership import Ownership
from aecore.jobs.server.supervision import Supervisor
from aecore.jobs.server.turns import next_turn
from aecore.jobs.worker import exploring
from aecore.jobs.worker.capacity import capacity
from aecore.latent.maps.settings import MapSettings
from aecore.runs import RunStore
from aecore.runs.run_view import RunView

if TYPE_CHECKING:
    import numpy as np

MAX_ACTIVE = 50
ANSWER_SECONDS = 10
# A page is drawn with it or without; it does not wait for a worker that has other things to do.
CAPACITY_SECONDS = 1


class JobEngine:
    """Does jobs of all kinds in worker processes; for use by many threads.

    Args:
        store: where runs are kept.
        scheduler: address of a Dask scheduler, `$AECORE_SCHEDULER` by default, whose workers have
            `aecore` and reach the store; without one, a worker is started on this machine.
    """

    def __init__(self, store: RunStore, scheduler: str | None = None) -> None:
        scheduler = scheduler or environment.scheduler()
        self._store = store
        self._owner = Ownership(store, scheduler)
        self._supervisor = Supervisor(store, scheduler, self._owner)
        self._places = itertools.count()
        self._submitting = threading.Lock()

    @property
    def store(self) -> RunStore:
        """Where runs are kept."""
        return self._store

    @property
    def state(self) -> str:
        """`starting`, `warming` (a job waits for the worker to warm up), `ready`, or `lost`.

        A worker or scheduler that is lost is replaced or looked for again by itself.
        """
        return self._supervisor.state

    @property
    def trouble(self) -> LabError | None:
        """Why no worker is ready, where that takes longer than it should; None if all is well."""
        return self._supervisor.trouble

    def start(self) -> None:
        """Begin to bring the worker up, in the background; returns at once.

        Runs that an earlier server left behind are marked as interrupted, or watched again if
        the scheduler still has them.

        Raises:
            RunStoreError: the run folder cannot be written to.
        """
        self._owner.take()
        self._store.clear()
        self._supervisor.start()

    def submit(
        self,
        kind: JobKind[Request, View],
        request: Request,
        *,
        visitor: str = "",
        seconds: float | None = None,
    ) -> str:
        """Queue a job of any kind; its id. Where the kind says so, one under way is joined.

        Args:
            visitor: whose it is; jobs of several visitors take turns.
            seconds: that it may take; then it is stopped, and what there is of it is kept.

        Raises:
            JobError: too many jobs of this kind wait already.
            RunStoreError: the job is written down in the run store, and cannot be.
        """
        with self._submitting:
            waiting = [job for job in self._supervisor.jobs(kind) if not job.ended]
            for job in waiting:
                if not kind.joins or job.visitor != visitor:
                    continue
                if job.request == request and not job.asked_to_stop:
                    return job.job_id
            if len(waiting) >= MAX_ACTIVE:
                raise JobError(
                    f"{MAX_ACTIVE} {kind.plural} are waiting or under way already.",
                    "Let some finish, or stop some.",
                )
            return self._supervisor.submit(lambda: self._new(kind, request, visitor, seconds))

    def look(self, kind: JobKind[Request, View], job_id: str) -> View | None:
        """How far a job is; None if it is none of this kind here, or one of long ago."""
        job = self._supervisor.find(job_id)
        return cast("View", job.view) if job is not None and job.kind == kind else None

    def latest(
        self, kind: JobKind[Request, View], request: Request, visitor: str = ""
    ) -> str | None:
        """A visitor's newest job with this request, under way or ended not long ago; or None."""
        alike = [
            job.job_id
            for job in self._supervisor.jobs(kind)
            if job.request == request and job.visitor == visitor
        ]
        return alike[-1] if alike else None

    def visitor_of(self, job_id: str) -> str | None:
        """Whose a job is; None if it is none of this engine, or one of long ago."""
        job = self._supervisor.find(job_id)
        return None if job is None else job.visitor

    def unfinished(self, owns: Callable[[str], bool]) -> list[str]:
        """The ids of all jobs that wait or are under way, of the visitors who are said to be."""
        jobs = self._supervisor.jobs()
        return [job.job_id for job in jobs if owns(job.visitor) and not job.ended]

    def waiting(self, kind: JobKind[Request, View], visitor: str | None = None) -> int:
        """How many jobs of a kind wait or are under way, of all visitors or of one."""
        return sum(
            not job.ended and visitor in (None, job.visitor) for job in self._supervisor.jobs(kind)
        )

    def stop(self, job_id: str) -> None:
        """Ask a job to stop; what has ended stays so, and what there is so far is kept.

        One that the run store has for unfinished, and that nobody does, ends at once.

        Raises:
            JobError: it is no job of this engine, or that of another server.
            RunStoreError: it has ended, and that cannot be written down.
        """
        job = self._supervisor.find(job_id)
        if job is not None:
            job.asked_to_stop = True
            self._supervisor.stop(job_id)
        else:
            self._supervisor.stop_elsewhere(job_id)

    def train(self, experiment: Experiment, name: str = "") -> str:
        """Queue an experiment; the id of its run. Errors are those of `submit`."""
        return self.submit(training.SPEC, TrainingRequest(experiment, name))

    def view(self, run_id: str) -> RunView | None:
        """The run as its events so far tell it; None if it is no run of this engine."""
        return self.look(training.SPEC, run_id)

    def active(self) -> list[str]:
        """The ids of runs that are queued or running, in the order of their turns."""
        jobs = [job for job in self._supervisor.jobs(training.SPEC) if not job.ended]
        return [job.job_id for job in sorted(jobs, key=lambda job: job.order)]

    def project(self, run_id: str, settings: MapSettings) -> str:
        """Queue a map of a run's codes, which is kept with the run; the id of the job.

        One that is under way already is joined. Errors are those of `submit`.
        """
        return self.submit(projection.SPEC, MapRequest(run_id, settings))

    def projection(self, run_id: str, settings: MapSettings) -> tuple[str, ProjectionView] | None:
        """The newest job that draws this map, and how far it is; None without."""
        job_id = self.latest(projection.SPEC, MapRequest(run_id, settings))
        view = self.look(projection.SPEC, job_id) if job_id is not None else None
        return (job_id, view) if job_id is not None and view is not None else None

    def inspect(self, source: str, reading: ReadingOptions = AS_FOUND) -> str:
        """Queue a look at a data set, which downloads it if need be; the id of the job.

        One of the same data set, read in the same way, that is under way is joined. The check
        sheet is in `aecore.data.profile.stored_sheets` once it has finished. Errors are those of
        `submit`.
        """
        return self.submit(inspection.SPEC, InspectionRequest(source, reading))

    def inspection(self, job_id: str) -> InspectionView | None:
        """How far an inspection is; None if it is none of this engine, or one of long ago."""
        return self.look(inspection.SPEC, job_id)

    def capacity(self) -> Capacity:
        """The memory that is free for a run, and the speed of the machine; waits for them.

        Raises:
            JobError: no worker is warm yet, or it did not answer in time.
        """
        found: Capacity = self._supervisor.call(capacity, seconds=CAPACITY_SECONDS)
        return found

    def decode(self, run_id: str, codes: np.ndarray, label: int | None = None) -> np.ndarray:
        """Samples (n, *sample_shape) in scaled units, from codes (n, k) of a run; waits for them.

        Args:
            label: class index, for a decoder that is told the class.

        Raises:
            JobError: no worker is warm yet, it did not answer in time, or the codes do not fit.
            RunStoreError: the run is gone or kept no decoder.
        """
        samples: np.ndarray = self._explore(exploring.decode, run_id, codes, label)
        return samples

    def encode(self, run_id: str, samples: np.ndarray, label: int | None = None) -> np.ndarray:
        """Codes (n, k) of samples (n, *sample_shape) in a run's scaled units; waits for them.

        Args:
            label: class index, for an encoder that is told the class.

        Raises:
            JobError: no worker is warm yet, it did not answer in time, or the samples do not fit.
            RunStoreError: the run is gone or kept no encoder.
        """
        codes: np.ndarray = self._explore(exploring.encode, run_id, samples, label)
        return codes

    def reconstruct(
        self, run_id: str, samples: np.ndarray, label: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Codes (n, k) of samples and what is decoded from them; as `encode` and `decode`."""
        found: tuple[np.ndarray, np.ndarray] = self._explore(
            exploring.reconstruct, run_id, samples, label
        )
        return found

    def filters(self, run_id: str, most: int) -> np.ndarray:
        """(m, ...) what the first layer of a run's encoder looks for, m at most; waits for them.

        Raises:
            JobError: no worker is warm yet, or it did not answer in time.
            RunStoreError: the run is gone or kept no encoder.
        """
        found: np.ndarray = self._supervisor.call(
            exploring.filters, run_id, most, self._store.location, seconds=ANSWER_SECONDS
        )
        return found

    def close(self) -> None:
        """End the worker, if it is our own, and mark what it had not finished as interrupted."""
        self._supervisor.close()
        self._owner.release()

    def _new(
        self, kind: JobKind[Request, View], request: Request, visitor: str, seconds: float | None
    ) -> Job[Request, View]:
        """A job, written down where its kind is."""
        if kind.records is None:
            job_id = uuid.uuid4().hex
        else:
            job_id = kind.records.enter(self._store, request, self._owner.name, visitor)
        rivals = [job for job in self._supervisor.jobs() if job.kind.resource == kind.resource]
        turn = next_turn(rivals, visitor)
        return Job(job_id, kind, request, next(self._places), visitor, turn, seconds)

    def _explore(
        self, function: Callable[..., Any], run_id: str, values: np.ndarray, label: int | None
    ) -> Any:
        """What the worker answers beside whatever else it does."""
        return self._supervisor.call(
            function, run_id, values, label, self._store.location, seconds=ANSWER_SECONDS
        )
