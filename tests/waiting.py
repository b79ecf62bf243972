"""Waiting, as tests do it: for a state that is asked for again and again, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable

EVERY_SECONDS = 0.01


def until(
    condition: Callable[[], object],
    seconds: float = 60,
    *,
    every: float = EVERY_SECONDS,
    told: Callable[[], object] = lambda: "waited in vain",
) -> None:
    """Return as soon as the condition holds, and fail if it does not within so many seconds.

    Args:
        every: seconds between two questions; more where a question is dear.
        told: what the failure is to show.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, told()
        time.sleep(every)


def last_change(
    value: Callable[[], object], over: Callable[[], object], seconds: float = 60
) -> float:
    """Seconds from now until a value changed for the last time before something is over."""
    began, changed, seen = time.monotonic(), 0.0, value()

    def watched() -> bool:
        nonlocal changed, seen
        is_over, now = bool(over()), value()
        if now != seen:
            changed, seen = time.monotonic() - began, now
        return is_over

    until(watched, seconds)
    return changed


def be_slow(seconds: float) -> None:
    """What a stand-in does that is slow on purpose, such as a data set that takes long to read."""
    time.sleep(seconds)
