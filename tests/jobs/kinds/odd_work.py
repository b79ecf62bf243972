"""Work that kinds of jobs may be given in place of their own; workers import it by name."""

from __future__ import annotations

from typing import Any

from aecore.jobs.kind import Work
from aecore.progress import Event, ended, started
from tests.waiting import until

# No test takes as long.
LONG_SECONDS = 600


def until_stopped(work: Work, request: Any) -> Event:
    """Go on until someone says stop."""
    work.tell(started())
    until(work.should_stop, LONG_SECONDS)
    return ended("stopped")


def fail(work: Work, request: Any) -> Event:
    """Raise what nobody foresaw."""
    raise RuntimeError("a programming error")
