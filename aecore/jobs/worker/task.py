"""`run_job`: what Dask calls in a worker for a job of any kind."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from aecore import environment
from aecore.errors import LabError
from aecore.jobs.explaining import explain
from aecore.jobs.kind import TRAINING, JobKind, Records, Work
from aecore.jobs.worker.broadcasting import broadcast
from aecore.jobs.worker.caches import store_of_jobs
from aecore.jobs.worker.stopping import StopFlag
from aecore.jobs.worker.warmup import wait_until_warm
from aecore.progress import Event, ended
from aecore.runs.store import StoreLocation

_log = logging.getLogger(__name__)


def run_job(
    kind: JobKind[Any, Any],
    job_id: str,
    request: Any,
    location: StoreLocation,
    folders: Mapping[str, str],
    seconds: float | None = None,
) -> None:
    """Do a job, unless someone else has taken or ended it, and tell how it ended.

    All that its kind keeps is in the store before the last event is sent, so that a page that sees
    the end can open it.

    Args:
        folders: those of the server. A worker that was started elsewhere has another environment;
            like the run store, they must be within its reach.
        seconds: that the job may take, from when it begins.
    """
    environment.use_folders(folders)
    if kind.resource == TRAINING:
        # The warm-up trains too.
        wait_until_warm()
    with (
        broadcast(job_id, kind.view(request), kind.superseded) as (tell, log),
        StopFlag(job_id) as should_stop,
    ):
        work = Work(job_id, tell, should_stop, partial(store_of_jobs, location), seconds)
        try:
            if kind.records is not None and not kind.records.claim(work.store, job_id):
                return
            # One that was stopped while it waited does not begin; work keeps its own end.
            unkept = should_stop()
            last = ended("stopped") if unkept else work.explained(kind.work(work, request))
        except Exception as error:
            unkept, reason = True, explain(error, kind.lighter)
            last = ended("failed", cause=reason.cause, remedy=reason.remedy)
        if unkept and kind.records is not None:
            _keep_end(kind.records, work, log.events(), last)
        tell(last)


def _keep_end(records: Records[Any, Any], work: Work, told: list[Event], last: Event) -> None:
    """Write the end down; where that is refused the server tries again, for as long as it lives."""
    try:
        records.keep_end(work.store, work.job_id, told, last)
    except (LabError, OSError) as error:
        _log.error("The end of job %s could not be kept: %s", work.job_id, explain(error))
