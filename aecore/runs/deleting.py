"""Deleting runs: for good, or so that it can be undone for a while."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from aecore.errors import RunStoreError
from aecore.runs import asking, failures, layout, questions
from aecore.runs.artifacts import Artifacts
from aecore.runs.layout import RunSummary
from aecore.runs.tracking import Tracking

if TYPE_CHECKING:
    from mlflow.entities import Run

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


def hidden(tracking: Tracking, run_id: str) -> Run:
    """A run that was hidden, as MLflow has it.

    Raises:
        RunStoreError: there is none of this id that was.
    """
    failures.refuse_odd(run_id)
    run = tracking.ask(lambda client: questions.find(client, run_id))
    if run is None or run.info.lifecycle_stage != "deleted" or not run.data.tags.get(HIDDEN_TAG):
        raise failures.no_such_run(run_id)
    return run


def restore(tracking: Tracking, run: Run) -> None:
    """Bring back a run that was hidden."""
    tracking.ask(lambda client: client.restore_run(run.info.run_id))
    asking.tag(tracking, run.info.run_id, {HIDDEN_TAG: ""})


def erase(tracking: Tracking, artifacts: Artifacts) -> None:
    """Remove the files of runs that were hidden so long ago that nobody will restore them."""
    before = time.time() - UNDONE_WITHIN_SECONDS
    for run in tracking.ask(partial(questions.deleted, experiment_id=tracking.experiment_id)):
        since = run.data.tags.get(HIDDEN_TAG, "")
        if since.isascii() and since.isdigit() and int(since) < before:
            artifacts.delete(run.info.run_id)


def _refuse_unfinished(run: RunSummary) -> None:
    if run.state in layout.UNFINISHED:
        raise RunStoreError(f"Run “{run.name}” is {run.state}.", "Stop it first, then delete it.")
