"""How is a run kept whose training did not get to keep itself?"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from aecore.errors import LabError
from aecore.jobs.explaining import explain
from aecore.runs import RunStore
from aecore.runs.run_view import RunView
from aecore.training.events import Event
from aecore.training.files import write_events, write_history

_log = logging.getLogger(__name__)


def keep_end(store: RunStore, run_id: str, told: list[Event], last: Event) -> None:
    """Mark a run as ended by `last`, and keep its events and curve so far.

    A store that refuses is told to the log alone: the page hears of the end in any case, and the
    next start of the app marks the run.
    """
    try:
        store.end(run_id, last["event"], cause=last.get("cause", ""), remedy=last.get("remedy", ""))
        with tempfile.TemporaryDirectory() as folder:
            write_events([*told, last], Path(folder, "events.jsonl"))
            write_history(RunView.of(told).history, Path(folder, "history.csv"))
            store.keep(run_id, Path(folder))
    except (LabError, OSError) as error:
        _log.error("The end of run %s could not be kept: %s", run_id, explain(error))
