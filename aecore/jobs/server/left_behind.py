"""`LeftBehind`: jobs that are written down as queued or running, and belong to nobody any more."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterator
from typing import Any

from aecore.errors import JobError, LabError
from aecore.jobs.explaining import NO_JOB, SERVER_GONE
from aecore.jobs.kind import Left
from aecore.jobs.kinds import KINDS
from aecore.jobs.server.job import Job
from aecore.jobs.server.ownership import Ownership
from aecore.jobs.server.table import AnyJob, AnyKind
from aecore.runs import RunStore

# Of another server at the same scheduler: its job may be written down and not sent yet.
SENT_SECONDS = 10.0

_log = logging.getLogger(__name__)

Found = tuple[AnyKind, Left[Any]]


class LeftBehind:
    """Finds such jobs in the store and ends them."""

    def __init__(self, store: RunStore, owner: Ownership) -> None:
        self._store, self._owner = store, owner
        self._missing_since: dict[str, float] = {}

    def find(self, known: Collection[str]) -> list[Found]:
        """All unfinished jobs that the caller does not know.

        Raises:
            RunStoreError: the store cannot be read.
        """
        return list(_unfinished(self._store, known))

    def end(self, found: Collection[Found], at_scheduler: Collection[str]) -> list[AnyJob]:
        """Mark those as interrupted that will never go on; what is refused is tried next time.

        Args:
            at_scheduler: the jobs that the scheduler has.

        Returns:
            those that are ours from now on, to go on from what they had kept.
        """
        lost = [(kind, left) for kind, left in found if self._is_lost(left, at_scheduler)]
        now = time.monotonic()
        since = {left.job_id: self._missing_since.get(left.job_id, now) for _, left in lost}
        self._missing_since = since
        ours = []
        for kind, left in lost:
            if self._owner.is_at_scheduler(left.owner) and now - since[left.job_id] < SENT_SECONDS:
                continue
            try:
                job = self._taken_up(kind, left)
                if job is None:
                    self._end(kind, left)
                else:
                    ours.append(job)
            except (LabError, OSError) as error:
                _log.warning("Job %s, which nobody does any more, stays: %s", left.job_id, error)

        return ours

    def end_now(self, job_id: str, found: Collection[Found], at_scheduler: Collection[str]) -> None:
        """Mark one of them as interrupted.

        Raises:
            JobError: it is none of them, or somebody still does it.
            RunStoreError: the store refuses.
        """
        mine = next((each for each in found if each[1].job_id == job_id), None)
        if mine is None:
            raise JobError(NO_JOB)
        kind, left = mine
        if not self._is_lost(left, at_scheduler):
            raise JobError(
                "Another server that uses the same run folder does this job.", "Stop it there."
            )
        self._end(kind, left)

    def _is_lost(self, left: Left[Any], at_scheduler: Collection[str]) -> bool:
        return left.job_id not in at_scheduler and self._owner.has_lost(left.owner)

    def _taken_up(self, kind: AnyKind, left: Left[Any]) -> AnyJob | None:
        if left.request is None:
            return None
        job = Job(left.job_id, kind, left.request, place=-1, visitor=left.visitor)
        return job if job.take_up(self._store, self._owner.name) else None

    def _end(self, kind: AnyKind, left: Left[Any]) -> None:
        if kind.records is not None:
            kind.records.keep_end(self._store, left.job_id, [], SERVER_GONE)


def _unfinished(store: RunStore, known: Collection[str]) -> Iterator[Found]:
    for kind in KINDS.values():
        if kind.records is None:
            continue
        for left in kind.records.left(store):
            if left.job_id not in known:
                yield kind, left
