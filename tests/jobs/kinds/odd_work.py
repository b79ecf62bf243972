"""Work that kinds of jobs may be given in place of their own; workers import it by name."""

from __future__ import annotations

import time
from typing import Any

from aecore.jobs.kind import Work
from aecore.progress import Event, ended, started


def until_stopped(work: Work, request: Any) -> Event:
    """Go on until someone says stop."""
    work.tell(started())
    while not work.should_stop():
        time.sleep(0.01)
    return ended("stopped")


def fail(work: Work, request: Any) -> Event:
    """Raise what nobody foresaw."""
    raise RuntimeError("a programming error")
