"""Calendars: year, month, day and time of day as moments, where there is such a day."""

from __future__ import annotations

import numpy as np

DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS, MICRO = 86_400, 3_600, 60, 1_000_000
MONTHS_A_YEAR, EPOCH_YEAR = 12, 1970


def dated(
    *, year: np.ndarray, month: np.ndarray, day: np.ndarray, micro: np.ndarray, fits: np.ndarray
) -> np.ndarray:
    """(rows,) datetime64[us]; NaT where the calendar has no such day, or nothing fits.

    Args:
        micro: microseconds since midnight, of UTC; more than two days below 0 where impossible.
        fits: (rows,) whether there is a date at all.
    """
    bounded = np.clip(month, 1, MONTHS_A_YEAR)
    months = (year - EPOCH_YEAR) * MONTHS_A_YEAR + bounded - 1
    first = months.astype("datetime64[M]")
    days = first.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    possible = fits & (month == bounded) & (day >= 1) & (year >= 1)
    return _at(days, micro, possible & (days.astype("datetime64[M]") == first))


def of_the_first_day(micro: np.ndarray, fits: np.ndarray) -> np.ndarray:
    """(rows,) datetime64[us] of the first of January 1970; NaT where nothing fits."""
    return _at(np.zeros(len(micro), dtype="datetime64[D]"), micro, fits)


def _at(days: np.ndarray, micro: np.ndarray, possible: np.ndarray) -> np.ndarray:
    possible = possible & (micro > -2 * DAY_SECONDS * MICRO)
    found = days.astype("datetime64[us]") + np.where(possible, micro, 0).astype("timedelta64[us]")
    found[~possible] = np.datetime64("NaT")
    return found
