"""Forgetting: everything of a visitor is stopped and deleted."""

from __future__ import annotations

from collections.abc import Callable

from aecore.data import uploads
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore


def kept_visitors(store: RunStore) -> set[str]:
    """The visitors of whom runs or uploads are kept.

    Raises:
        RunStoreError: the store cannot be read.
    """
    found = {run.visitor for run in store.summaries()}
    found |= {uploads.visitor_of(upload.source) for upload in uploads.listed()}
    return found - {""}


def forget(engine: JobEngine, owns: Callable[[str], bool]) -> bool:
    """Stop what is under way for a visitor, and delete their runs and uploads; whether all is gone.

    What is under way ends a little later; asked again then, it is deleted too.

    Args:
        owns: whether what belongs to a visitor is theirs.

    Raises:
        LabError: something cannot be deleted.
    """
    going_on = engine.unfinished(owns)
    for job_id in going_on:
        engine.stop(job_id)
    own = [run for run in engine.store.summaries() if owns(run.visitor)]
    for run in own:
        if run.ended:
            engine.store.delete(run.run_id)
    for upload in uploads.listed():
        if owns(uploads.visitor_of(upload.source)):
            uploads.remove(upload.source)
    return not going_on and all(run.ended for run in own)
