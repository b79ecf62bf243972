"""Deleting runs: for good, or so that it can be undone for a while."""

from __future__ import annotations

import time
from functools import partial

from aecore.errors import RunStoreError
from aecore.runs import asking, failures, layout, questions
from aecore.runs.artifacts import Artifacts
from aecore.runs.layout import RunSummary
from aecore.runs.tracking import Tracking

# When a run was hidden, in seconds since 1970; its files stay until it can no longer be undone.
HIDDEN_TAG = "hidden"
UNDONE_WITHIN_SECONDS = 3600


def delete(tracking: Tracking, artifacts: Artifacts, run: RunSummary) -> None:
    """Remove a run and its files for good.

    Raises:
        RunStoreError: it is going on.
    """
    _refuse_unfinished(run)
    artifacts.delete(run.run_id)
    # Last, so that on a full disk there is room by then to write that it is gone.
    tracking.ask(lambda client: client.delete_run(run.run_id))


def hide(tracking: Tracking, run: RunSummary) -> None:
    """Take a run off every list; its files stay, so that it can be restored.

    Raises:
        RunStoreError: it is going on.
    """
    _refuse_unfinished(run)
    asking.tag(tracking, run.run_id, {HIDDEN_TAG: str(int(time.time()))})
    tracking.ask(lambda client: client.delete_run(run.run_id))


def restore(tracking: Tracking, run_id: str) -> None:
    """Bring back a run that was hidden.

    Raises:
        RunStoreError: there is none of this id that was.
    """
    if not _is_hidden(tracking, run_id):
        raise failures.no_such_run(run_id)
    tracking.ask(lambda client: client.restore_run(run_id))
    asking.tag(tracking, run_id, {HIDDEN_TAG: ""})


def erase_one(tracking: Tracking, artifacts: Artifacts, run_id: str) -> None:
    """Remove the files of a hidden run; of any other, nothing."""
    if _is_hidden(tracking, run_id):
        artifacts.delete(run_id)


def erase(tracking: Tracking, artifacts: Artifacts) -> None:
    """Remove the files of runs that were hidden so long ago that nobody will restore them."""
    before = time.time() - UNDONE_WITHIN_SECONDS
    for run in tracking.ask(partial(questions.deleted, experiment_id=tracking.experiment_id)):
        hidden = run.data.tags.get(HIDDEN_TAG, "")
        if hidden.isascii() and hidden.isdigit() and int(hidden) < before:
            artifacts.delete(run.info.run_id)


def _is_hidden(tracking: Tracking, run_id: str) -> bool:
    failures.refuse_odd(run_id)
    run = tracking.ask(lambda client: questions.find(client, run_id))
    if run is None or run.info.lifecycle_stage != "deleted":
        return False
    return bool(run.data.tags.get(HIDDEN_TAG))


def _refuse_unfinished(run: RunSummary) -> None:
    if run.state in layout.UNFINISHED:
        raise RunStoreError(f"Run “{run.name}” is {run.state}.", "Stop it first, then delete it.")
