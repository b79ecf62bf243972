"""`UnkeptEnds`: how jobs ended whose end the run store did not take yet."""

from __future__ import annotations

import logging
import threading

from aecore.errors import LabError
from aecore.jobs.server.table import AnyJob
from aecore.progress import ENDINGS, Event
from aecore.runs import RunStore

_log = logging.getLogger(__name__)


class UnkeptEnds:
    """Keeps the ends of jobs, again and again where the store refuses; for use by many threads.

    A disk may be full for a while, or a tracking server away. Pages see the end in any case.
    """

    def __init__(self, store: RunStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._left: dict[str, tuple[AnyJob, Event]] = {}
        self._refused: dict[str, str] = {}

    def keep(self, job: AnyJob, last: Event) -> None:
        """Write down how a job ended, now or as soon as that is possible."""
        if job.kind.records is None:
            return
        with self._lock:
            self._left[job.job_id] = (job, last)
        self._try(job.job_id)

    def check(self, job: AnyJob) -> None:
        """See to it that the end that a job's worker has told is written down."""
        self._remember(job)
        self._try(job.job_id)

    def try_again(self) -> None:
        """Write down what was refused before."""
        for job_id in self.waiting():
            self._try(job_id)

    def waiting(self) -> list[str]:
        """The jobs whose end is not written down."""
        with self._lock:
            return list(self._left)

    def keep_now(self, job: AnyJob) -> None:
        """Write down how a job ended, if that was not done yet.

        Raises:
            RunStoreError: the store refuses.
        """
        self._remember(job)
        self._keep(job.job_id)

    def _remember(self, job: AnyJob) -> None:
        told = job.log.events()
        if job.kind.records is None or not told or told[-1]["event"] not in ENDINGS:
            return
        with self._lock:
            self._left.setdefault(job.job_id, (job, told[-1]))

    def _keep(self, job_id: str) -> None:
        with self._lock:
            found = self._left.get(job_id)
        if found is None:
            return
        job, last = found
        records = job.kind.records
        if records is not None and not records.has_ended(self._store, job_id):
            records.keep_end(self._store, job_id, job.log.events(), last)
            kept = records.view(self._store, job_id)
            if kept.state != last["event"]:
                # It was saved whole, and only the word of it was missing.
                job.log.replace(kept)
        with self._lock:
            self._left.pop(job_id, None)
            self._refused.pop(job_id, None)

    def _try(self, job_id: str) -> None:
        try:
            self._keep(job_id)
        except (LabError, OSError) as error:
            if self._refused.get(job_id) != str(error):
                _log.error("The end of job %s cannot be kept yet: %s", job_id, error)
            self._refused[job_id] = str(error)
