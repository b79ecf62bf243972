"""Claims: who may begin a run, or take one up whose process died; of all who ask, one gets it."""

from __future__ import annotations

import os
import socket
import time
import uuid
from functools import partial
from typing import TYPE_CHECKING

from aecore.runs import layout, questions
from aecore.runs.tracking import Tracking

if TYPE_CHECKING:
    from mlflow.entities import Run

# What ends the process again each time would go on for ever.
MOST_TAKEN_UP = 3
# A run that is too large for one worker is so for the next.
MOST_BEGUN_AGAIN = 1


def claim(tracking: Tracking, run: Run) -> bool:
    """Begin a queued run; whether the caller may."""
    if layout.state(run) != "queued":
        return False
    run_id, now = run.info.run_id, str(int(time.time() * 1000))
    times = _times_taken_up(run)
    name = f"{layout.CLAIM_PARAM}_{times}" if times else layout.CLAIM_PARAM
    token = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    if not tracking.ask(partial(questions.write_once, run_id=run_id, name=name, value=token)):
        return False
    if layout.STARTED_TAG not in run.data.tags:
        tracking.ask(lambda client: client.set_tag(run_id, layout.STARTED_TAG, now))
    tracking.ask(lambda client: client.update_run(run_id, status=layout.STATUS["running"]))
    return True


def take_up(tracking: Tracking, run: Run, owner: str, most: int = MOST_TAKEN_UP) -> bool:
    """Queue a run again whose process died, as a job of another owner; whether the caller may.

    Args:
        most: how often that is done to a run.
    """
    if layout.state(run) not in layout.UNFINISHED or _times_taken_up(run) >= most:
        return False
    run_id, name = run.info.run_id, f"{layout.TAKEN_UP_PARAM}_{_times_taken_up(run) + 1}"
    value = f"{owner}:{uuid.uuid4().hex[:8]}"
    if not tracking.ask(partial(questions.write_once, run_id=run_id, name=name, value=value)):
        return False
    tracking.ask(lambda client: client.set_tag(run_id, layout.OWNER_TAG, owner))
    tracking.ask(lambda client: client.update_run(run_id, status=layout.STATUS["queued"]))
    return True


def _times_taken_up(run: Run) -> int:
    return sum(name.startswith(layout.TAKEN_UP_PARAM) for name in run.data.params)
