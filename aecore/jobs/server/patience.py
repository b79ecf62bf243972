"""`Patience`: how long a worker may take to get ready, and what is said and done after that."""

from __future__ import annotations

import time

from aecore.errors import JobError

# Ten times what a worker takes on a quiet machine of two cores.
SLOW_SECONDS = 60.0
REPLACE_SECONDS = 300.0
# Each worker that is started in the place of a slow one gets so much longer than the one before.
LONGER = 2
OFTEN = 2


class Patience:
    """Watches the time since a worker was last ready; for one thread to look, many to ask."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._allowed = self._step = REPLACE_SECONDS

    def look(self, *, is_ready: bool) -> None:
        """Say how it is now."""
        if is_ready:
            self._since = time.monotonic()
            self._allowed = self._step = REPLACE_SECONDS

    @property
    def waited(self) -> float:
        """Seconds without a worker that was ready."""
        return time.monotonic() - self._since

    @property
    def is_slow(self) -> bool:
        """Whether it is to be said."""
        return self.waited > SLOW_SECONDS

    @property
    def is_over(self) -> bool:
        """Whether another worker is to be started."""
        return self.waited > self._allowed

    def give_more(self) -> None:
        """Another one is being started, which gets longer than the last."""
        self._step *= LONGER
        self._allowed = self.waited + self._step


def minutes(seconds: float) -> str:
    """A time in words."""
    whole = max(1, round(seconds / 60))
    return "a minute" if whole == 1 else f"{whole} minutes"


def lost(scheduler: str | None, *, is_full: bool) -> JobError:
    """There is no connection to a scheduler."""
    if scheduler is not None:
        return JobError(
            f"The scheduler {scheduler} does not answer.",
            "It is asked again every few seconds. Check AECORE_SCHEDULER and that it is running.",
        )
    if is_full:
        return JobError(
            "The training worker cannot be started: the disk is full.",
            "Free some space; it is started again by itself.",
        )
    return JobError(
        "The training worker was lost.",
        "A new one is being started; if this message stays, restart the app.",
    )


def slow(scheduler: str | None, seconds: float, deaths: int) -> JobError:
    """There is one, but no worker of it is ready."""
    if scheduler is not None:
        return JobError(
            f"No worker of the scheduler {scheduler} is ready, for {minutes(seconds)} now.",
            "Check that workers are running there, and what they log.",
        )
    if deaths >= OFTEN:
        return JobError(
            f"The training worker ended {deaths} times while it was getting ready, most likely "
            "because memory ran out.",
            "Close other programs; it is started again by itself.",
        )
    return JobError(
        f"The training worker takes unusually long to get ready, {minutes(seconds)} so far.",
        "Other programs may keep this machine busy. If it does not get ready, another one is "
        "started.",
    )
