"""How are runs trained, maps drawn and data sets inspected in the background, and stopped?"""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import JobError
from aecore.experiment import Experiment
from aecore.jobs import exploring
from aecore.jobs.inspections import InspectionView
from aecore.jobs.job import Job, inspection_job, projection_job, training_job
from aecore.jobs.messages import INSPECTION, PROJECTION, TRAINING
from aecore.jobs.ownership import Ownership
from aecore.jobs.projections import ProjectionView
from aecore.jobs.supervision import Supervisor
from aecore.runs import RunStore
from aecore.training.events import RunView

if TYPE_CHECKING:
    import numpy as np

MAX_ACTIVE = 50
ANSWER_SECONDS = 10


class JobEngine:
    """Trains runs, draws maps and inspects data in worker processes; for use by many threads.

    Args:
        store: where runs are kept.
        scheduler: address of a Dask scheduler, `$AECORE_SCHEDULER` by default, whose workers have
            `aecore` and reach the store; without one, a worker is started on this machine.
    """

    def __init__(self, store: RunStore, scheduler: str | None = None) -> None:
        scheduler = scheduler or os.environ.get("AECORE_SCHEDULER") or None
        self._store = store
        self._owner = Ownership(store, scheduler)
        self._supervisor = Supervisor(store, scheduler, self._owner)
        self._places = itertools.count()
        self._inspecting = threading.Lock()

    @property
    def state(self) -> str:
        """`starting`, `warming` (a job waits for the worker to warm up), `ready`, or `lost`.

        A worker or scheduler that is lost is replaced or looked for again by itself.
        """
        return self._supervisor.state

    def start(self) -> None:
        """Begin to bring the worker up, in the background; returns at once.

        Runs that an earlier server left behind are marked as interrupted, or watched again if
        the scheduler still has them.

        Raises:
            RunStoreError: the run folder cannot be written to.
        """
        self._owner.take()
        self._supervisor.start()

    def submit(self, experiment: Experiment, name: str = "") -> str:
        """Queue an experiment; the id of its run.

        Raises:
            JobError: too many runs wait already.
            RunStoreError: the run cannot be stored.
        """
        if len(self.active()) >= MAX_ACTIVE:
            raise JobError(
                f"{MAX_ACTIVE} runs are waiting or training already.",
                "Let some finish, or stop some.",
            )
        place, fields = next(self._places), experiment.to_dict()

        def job() -> Job[RunView]:
            run_id = self._store.create(experiment, name, owner=self._owner.name)
            return training_job(run_id, fields, self._store.location, place)

        return self._supervisor.submit(job)

    def stop(self, job_id: str) -> None:
        """Ask a run, a map or an inspection to stop; what has ended stays so.

        What a run or a map has so far is kept.

        Raises:
            JobError: it is no job of this engine.
        """
        job = self._supervisor.find(job_id)
        if job is None:
            raise JobError("This is not a job of this app, or it ended long ago.")
        job.asked_to_stop = True
        self._supervisor.stop(job_id)

    def view(self, run_id: str) -> RunView | None:
        """The run as its events so far tell it; None if it is no run of this engine."""
        return self._view(run_id, TRAINING)

    def active(self) -> list[str]:
        """The ids of runs that are queued or running, oldest first."""
        return [job.job_id for job in self._supervisor.jobs(TRAINING) if not job.ended]

    def project(
        self,
        run_id: str,
        *,
        method: str = "tsne",
        dimensions: int,
        iterations: int,
        seed: int,
        **own: float,
    ) -> str:
        """Queue a map of a run's codes; the id of the job.

        Args:
            method: one of `aecore.latent.maps.methods.METHODS`.
            own: the method's own settings, such as `perplexity` for "tsne".

        Raises:
            JobError: too many maps wait already.
        """
        if sum(not job.ended for job in self._supervisor.jobs(PROJECTION)) >= MAX_ACTIVE:
            raise JobError(f"{MAX_ACTIVE} maps are waiting already.", "Let some finish.")
        settings = {"dimensions": dimensions, "iterations": iterations, "seed": seed, **own}
        job = projection_job(run_id, method, settings, self._store.location, next(self._places))
        return self._supervisor.submit(lambda: job)

    def projection(self, job_id: str) -> ProjectionView | None:
        """How far a map is; None if it is no map of this engine, or one of long ago."""
        return self._view(job_id, PROJECTION)

    def inspect(self, source: str, reading: ReadingOptions = AS_FOUND) -> str:
        """Queue a look at a data set, which downloads it if need be; the id of the job.

        One of the same data set, read in the same way, that is under way is joined. The check
        sheet is in `aecore.data.profile.stored_sheets` once it has finished.

        Raises:
            JobError: too many data sets wait already.
        """
        with self._inspecting:
            waiting = [job for job in self._supervisor.jobs(INSPECTION) if not job.ended]
            new = inspection_job(source, reading, next(self._places))
            for job in waiting:
                if job.arguments == new.arguments and not job.asked_to_stop:
                    return job.job_id
            if len(waiting) >= MAX_ACTIVE:
                raise JobError(f"{MAX_ACTIVE} data sets are waiting already.", "Let some finish.")
            return self._supervisor.submit(lambda: new)

    def inspection(self, job_id: str) -> InspectionView | None:
        """How far an inspection is; None if it is none of this engine, or one of long ago."""
        return self._view(job_id, INSPECTION)

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

    def close(self) -> None:
        """End the worker, if it is our own, and mark what it had not finished as interrupted."""
        self._supervisor.close()
        self._owner.release()

    def _explore(
        self, function: Callable[..., Any], run_id: str, values: np.ndarray, label: int | None
    ) -> Any:
        """What the worker answers beside whatever else it does."""
        return self._supervisor.call(
            function, run_id, values, label, self._store.location, seconds=ANSWER_SECONDS
        )

    def _view(self, job_id: str, resource: str) -> Any:
        job = self._supervisor.find(job_id)
        return job.view if job is not None and job.resource == resource else None
