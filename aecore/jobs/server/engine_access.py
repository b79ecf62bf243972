"""`EngineAccess`: the job engine as one visitor may use it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from aecore.access import Access
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import JobError, LabError, RunStoreError
from aecore.experiment import Experiment
from aecore.jobs.explaining import NO_JOB
from aecore.jobs.kind import Claims, JobKind, Request, View
from aecore.jobs.kinds import inspection, training
from aecore.jobs.kinds.inspection import InspectionView
from aecore.jobs.kinds.training import TrainingRequest
from aecore.jobs.server.engine import JobEngine
from aecore.runs.run_access import RunAccess
from aecore.runs.run_view import RunView
from aecore.runs.space import bytes_kept

if TYPE_CHECKING:
    import numpy as np

    from aecore.experiment.cost import Capacity

SECONDS_A_MINUTE = 60


class EngineAccess:
    """An engine that does for a visitor what they may have done, within their allowance.

    Methods are those of `JobEngine`. Each raises `RunStoreError` for a run that the visitor may
    not see, as for one that does not exist; `AccessError` for what they see and may not do; and
    `DataError` for a data set that is not theirs.

    Args:
        engine: the server's.
        store: the runs as the visitor may use them.
        access: who asks.
    """

    def __init__(self, engine: JobEngine, store: RunAccess, access: Access) -> None:
        self._engine, self._store, self._access = engine, store, access

    @property
    def state(self) -> str:
        return self._engine.state

    @property
    def trouble(self) -> LabError | None:
        return self._engine.trouble

    def submit(self, kind: JobKind[Request, View], request: Request) -> str:
        claims, allowance = kind.claims(request), self._access.allowance
        visitor = self._access.visitor
        self._refuse_foreign(claims)
        if claims.experiment is not None:
            allowance.refuse_run(claims.experiment)
        if claims.keeps is not None:
            of_group = partial(bytes_kept, self._engine.store, self._access.owns, claims.keeps)
            allowance.refuse_to_keep(claims.keeps, of_group)
        own, everybody = self._engine.waiting(kind, visitor), self._engine.waiting(kind)
        allowance.refuse_job(own, everybody, kind.plural)
        seconds = None if allowance.minutes is None else allowance.minutes * SECONDS_A_MINUTE
        return self._engine.submit(kind, request, visitor=visitor, seconds=seconds)

    def look(self, kind: JobKind[Request, View], job_id: str) -> View | None:
        return self._engine.look(kind, job_id) if self._owns(job_id) else None

    def latest(self, kind: JobKind[Request, View], request: Request) -> str | None:
        return self._engine.latest(kind, request, self._access.visitor)

    def stop(self, job_id: str) -> None:
        if not self._owns(job_id) and not self._owns_left_run(job_id):
            raise JobError(NO_JOB)
        self._engine.stop(job_id)

    def train(self, experiment: Experiment, name: str = "") -> str:
        return self.submit(training.SPEC, TrainingRequest(experiment, name))

    def view(self, run_id: str) -> RunView | None:
        """The run as its events so far tell it; None if there is none in this engine to see."""
        view = self._engine.view(run_id)
        return view if view is None or self._owns(run_id) or self._sees(run_id) else None

    def active(self) -> list[str]:
        """The ids of the visitor's runs that are queued or running, in the order of their turns."""
        return [run_id for run_id in self._engine.active() if self._owns(run_id)]

    def ahead(self, run_id: str) -> int:
        """How many runs, of all visitors, go before a queued one."""
        active = self._engine.active()
        return active.index(run_id) if run_id in active else 0

    def inspect(self, source: str, reading: ReadingOptions = AS_FOUND) -> str:
        return self.submit(inspection.SPEC, inspection.InspectionRequest(source, reading))

    def inspection(self, job_id: str) -> InspectionView | None:
        return self.look(inspection.SPEC, job_id)

    def capacity(self) -> Capacity:
        return self._engine.capacity()

    def decode(self, run_id: str, codes: np.ndarray, label: int | None = None) -> np.ndarray:
        self._store.summary(run_id)
        return self._engine.decode(run_id, codes, label)

    def encode(self, run_id: str, samples: np.ndarray, label: int | None = None) -> np.ndarray:
        self._store.summary(run_id)
        return self._engine.encode(run_id, samples, label)

    def reconstruct(
        self, run_id: str, samples: np.ndarray, label: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        self._store.summary(run_id)
        return self._engine.reconstruct(run_id, samples, label)

    def filters(self, run_id: str, most: int) -> np.ndarray:
        self._store.summary(run_id)
        return self._engine.filters(run_id, most)

    def _owns(self, job_id: str) -> bool:
        visitor = self._engine.visitor_of(job_id)
        return visitor is not None and self._access.owns(visitor)

    def _owns_left_run(self, run_id: str) -> bool:
        """Whether it is a run of theirs that an earlier server began."""
        if self._engine.visitor_of(run_id) is not None or not self._sees(run_id):
            return False
        return self._access.owns(self._store.summary(run_id).visitor)

    def _sees(self, run_id: str) -> bool:
        with suppress(RunStoreError):
            self._store.summary(run_id)
            return True
        return False

    def _refuse_foreign(self, claims: Claims) -> None:
        """Refuse what is not the visitor's to have."""
        if not self._access.mode.tells_apart:
            return
        for run_id in claims.runs:
            self._store.refuse_change(run_id)
        data_of = [self._store.summary(run_id).experiment.source for run_id in claims.data_of]
        trained = [claims.experiment.data.source] if claims.experiment is not None else []
        for source in (*claims.sources, *data_of, *trained):
            self._access.refuse_source(source)
