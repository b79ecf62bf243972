"""`JobTable`: the jobs that this server knows; for use by many threads."""

from __future__ import annotations

import threading
from typing import Any

from aecore.jobs.kind import JobKind
from aecore.jobs.server.job import Job

KEPT_ENDED = 30

AnyJob = Job[Any, Any]
AnyKind = JobKind[Any, Any]


class JobTable:
    """All jobs that have not ended, and the newest that have."""

    def __init__(self) -> None:
        self._jobs: dict[str, AnyJob] = {}
        self._lock = threading.Lock()

    def add(self, job: AnyJob) -> None:
        """Know a job from now on."""
        with self._lock:
            self._jobs[job.job_id] = job

    def find(self, job_id: str) -> AnyJob | None:
        """A job by its id."""
        with self._lock:
            return self._jobs.get(job_id)

    def jobs(self, kind: AnyKind | None = None) -> list[AnyJob]:
        """All jobs, or those of one kind, oldest first."""
        with self._lock:
            found = [job for job in self._jobs.values() if kind in (None, job.kind)]
        return sorted(found, key=lambda job: job.place)

    def going_on(self) -> list[AnyJob]:
        """Those that have not ended."""
        return [job for job in self.jobs() if not job.ended]

    def waiting(self) -> list[AnyJob]:
        """Those that were not sent yet, the most urgent first."""
        unsent = [job for job in self.jobs() if not job.attempt and not job.ended]
        return sorted(unsent, key=lambda job: job.urgency, reverse=True)

    def begun(self, resource: str) -> int:
        """How many were sent that take a resource and do not queue at the scheduler."""
        return sum(
            bool(job.attempt) and not job.ended and not job.queues_at_scheduler
            for job in self.jobs()
            if job.kind.resource == resource
        )

    def forget_old(self) -> None:
        """Forget all but the newest of those that ended."""
        over = [job for job in self.jobs() if job.ended][:-KEPT_ENDED]
        with self._lock:
            for job in over:
                del self._jobs[job.job_id]
