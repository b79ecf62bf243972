"""`TimeOrder`: how the times of a column follow each other from row to row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Of a stream, few rows have the time of the row before, or none.
MOST_EQUAL, MOST_MISSING = 0.05, 0.05
# A clock that is set back goes back an hour, once a year.
SET_BACK, ROWS_A_SET_BACK = 3600.0, 100
# Rows that lie the other way round, or almost in order, are rows of a stream.
MOST_DISORDER = 0.1
# Shuffled, times still lie evenly.
LEAST_EVEN, UNEVEN = 0.9, 0.01
# Fewer of the clock's steps go back, where rows follow each other over midnight.
MOST_MIDNIGHTS = 0.25


@dataclass(frozen=True)
class TimeOrder:
    """Steps from one time to the next, missing ones left out.

    Attributes:
        rows: of the column.
        missing: rows without a time.
        rising, equal, falling: steps of each kind.
        deepest: the longest step back, in seconds of moments or units of numbers.
    """

    rows: int
    missing: int
    rising: int
    equal: int
    falling: int
    deepest: float

    @property
    def strict(self) -> bool:
        """Whether each time is above the one before, and none is missing."""
        return self.rows > 1 and not (self.missing or self.equal or self.falling)

    @property
    def never_falls(self) -> bool:
        """Whether no time is below the one before."""
        return self.rising > 0 and not self.falling

    @property
    def set_back(self) -> bool:
        """Whether all steps back are those of a clock that is set from summer to winter."""
        return 0 < self.falling <= max(1, self.rows // ROWS_A_SET_BACK) and (
            self.deepest <= SET_BACK
        )

    @property
    def of_a_stream(self) -> bool:
        """Whether times rise, but for few that come again, are missing, or are an hour back."""
        few = self.equal <= MOST_EQUAL * self.rows and self.missing <= MOST_MISSING * self.rows
        return few and (self.never_falls or (self.set_back and self.rising > self.falling))

    @property
    def nearly_sorted(self) -> bool:
        """Whether most steps go one way, be it back in time."""
        steps = self.rising + self.falling
        return steps > 0 and min(self.rising, self.falling) <= MOST_DISORDER * steps


def time_order(values: np.ndarray) -> TimeOrder:
    """The order of times (rows,): numbers with NaN, or datetime64 with NaT, where missing."""
    own, seconds = _as_numbers(values)
    steps = np.diff(own)
    falling = steps < 0
    deepest = -float(steps[falling].min()) if falling.any() else 0.0
    return TimeOrder(
        rows=len(values),
        missing=len(values) - len(own),
        rising=int(np.count_nonzero(steps > 0)),
        equal=int(np.count_nonzero(steps == 0)),
        falling=int(np.count_nonzero(falling)),
        deepest=deepest / (1_000_000 if seconds else 1),
    )


def sorted_rows(values: np.ndarray) -> np.ndarray:
    """(rows,) row numbers in order of time; equal times, and rows without one, keep their place.

    A row without a time follows the row that it stands behind.
    """
    own, _ = _as_numbers(values)
    there = np.flatnonzero(~(np.isnat(values) if values.dtype.kind == "M" else np.isnan(values)))
    if not len(there):
        return np.arange(len(values))
    before = np.searchsorted(there, np.arange(len(values)), "right") - 1
    return np.argsort(own[np.maximum(before, 0)], kind="stable")


def are_even(values: np.ndarray) -> bool:
    """Whether times in any order, sorted, lie one step apart, with few exceptions."""
    own, _ = _as_numbers(values)
    steps = np.diff(np.sort(own))
    if not len(steps):
        return False
    usual = float(np.median(steps))
    return usual > 0 and float(np.mean(np.abs(steps - usual) <= UNEVEN * usual)) >= LEAST_EVEN


def unwrapped(values: np.ndarray) -> np.ndarray:
    """Clock times (rows,) that begin anew after midnight, each on the day that it belongs to.

    As they are where they go back so often that rows are in no order of time.
    """
    there = ~np.isnat(values)
    own = values[there]
    backwards = own[1:] < own[:-1]
    if not len(backwards) or backwards.mean() > MOST_MIDNIGHTS:
        return values
    days = np.concatenate([[0], np.cumsum(backwards)])
    found = values.copy()
    found[there] = own + days.astype("timedelta64[D]")
    return found


def _as_numbers(values: np.ndarray) -> tuple[np.ndarray, bool]:
    """Those that are there, moments as microseconds, and whether they are moments."""
    if values.dtype.kind != "M":
        return values[np.isfinite(values)], False
    there = values[~np.isnat(values)].astype("datetime64[us]")
    return there.astype(np.int64), True
