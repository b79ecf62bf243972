"""Numbers that stand for times: seconds since 1970, dates such as 20240131, days of Excel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore.data.columns.calendars import (
    DAY_SECONDS,
    HOUR_SECONDS,
    MICRO,
    MINUTE_SECONDS,
    dated,
)
from aecore.data.columns.words import plain, words

# Words of which the name of a time is made; another word beside them makes it something else.
TIME_WORDS = frozenset(
    (
        *("time", "timestamp", "timestamps", "date", "datetime", "ts", "t", "epoch", "unixtime"),
        *("clock", "zeit", "datum", "uhrzeit", "zeitstempel", "zeitpunkt", "fecha", "hora"),
        *("heure", "temps", "tempo", "moment", "elapsed", "yyyymm", "yyyymmdd"),
    )
)
# One value a row, where they rise: a day, a year.
STEP_WORDS = frozenset(("year", "jahr", "month", "monat", "week", "woche", "day", "tag", "hour"))
BESIDE = frozenset(
    (
        *("s", "sec", "secs", "second", "seconds", "sekunden", "ms", "us", "ns", "min", "minutes"),
        *("h", "hours", "d", "days", "utc", "gmt", "unix", "local", "update", "event", "log"),
        *("record", "recorded", "measured", "sample", "stamp", "at", "of", "in", "the", "start"),
        *("created", "lokal", "system", "index", "posix", "millis", "step"),
    )
)
# From 1990 to 2100; without a name that says so, from 2000 to 2040.
NAMED_EPOCHS, PLAIN_EPOCHS = (631_152_000, 4_102_444_800), (946_684_800, 2_208_988_800)
EXCEL_DAYS, EXCEL_EPOCH = (20_000, 80_000), np.datetime64("1899-12-30", "us")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class TimeUnit:
    """One way in which numbers stand for times.

    Attributes:
        name: as kept in measures.
        title: as in "Numbers are …".
        moments: numbers (n,) as datetime64[us], with NaT for what is no time.
    """

    name: str
    title: str
    moments: Callable[[np.ndarray], np.ndarray]


def is_named_time(name: str) -> bool:
    """Whether a name is made of words for times and units alone."""
    found = words(name)
    return bool(TIME_WORDS & set(found)) and set(found) <= TIME_WORDS | STEP_WORDS | BESIDE


def is_named_step(name: str) -> bool:
    """Whether a name is that of a step of the calendar, such as `Year`."""
    return plain(name) in STEP_WORDS


def time_unit(name: str, numbers: np.ndarray) -> TimeUnit | None:
    """What numbers (n,) may stand for as times; None where they are no times by their size.

    Names count: what could be a number of days in Excel is one only where it is named as a time.
    """
    there = numbers[np.isfinite(numbers)]
    if not len(there):
        return None
    low, high, named = float(there.min()), float(there.max()), is_named_time(name)
    written = _written(there, low, high, named or is_named_step(name))
    if written is not None:
        return written
    for unit, factor in EPOCHS.items():
        least, most = NAMED_EPOCHS if named else PLAIN_EPOCHS
        if least * factor <= low and high <= most * factor:
            return UNITS[unit]
    if named and EXCEL_DAYS[0] <= low and high <= EXCEL_DAYS[1]:
        return UNITS["excel"]
    return None


def _written(there: np.ndarray, low: float, high: float, named: bool) -> TimeUnit | None:
    """Dates that are written as numbers, such as 20240131."""
    for unit, (digits, needs_name) in WRITTEN.items():
        if needs_name and not named:
            continue
        least, most = FIRST_YEAR * 10 ** (digits - 4), (LAST_YEAR + 1) * 10 ** (digits - 4)
        if least <= low and high < most and not np.isnat(UNITS[unit].moments(there)).any():
            return UNITS[unit]
    return None


def _since_1970(factor: float) -> Callable[[np.ndarray], np.ndarray]:
    def moments(numbers: np.ndarray) -> np.ndarray:
        return _from_micro(numbers * (MICRO / factor))

    return moments


def _excel(numbers: np.ndarray) -> np.ndarray:
    found = _from_micro(numbers * (DAY_SECONDS * MICRO))
    return found + (EXCEL_EPOCH - np.datetime64(0, "us"))


def _from_micro(micro: np.ndarray) -> np.ndarray:
    there = np.isfinite(micro)
    found = np.where(there, micro, 0).round().astype(np.int64).astype("datetime64[us]")
    found[~there] = np.datetime64("NaT")
    return found


def _digits(parts: int) -> Callable[[np.ndarray], np.ndarray]:
    """Year, and so many pairs of digits of month, day, hour, minute and second."""

    def moments(numbers: np.ndarray) -> np.ndarray:
        there = np.isfinite(numbers) & (numbers == np.floor(numbers))
        year = np.where(there, numbers, 0).astype(np.int64)
        pairs: list[np.ndarray] = []
        for _ in range(parts):
            year, pair = np.divmod(year, 100)
            pairs.insert(0, pair)
        one, none = np.ones(len(year), dtype=np.int64), np.zeros(len(year), dtype=np.int64)
        filled = [*pairs, *[one, one, none, none, none][parts:]]
        month, day, hour, minute, second = filled[0], filled[1], filled[2], filled[3], filled[4]
        there &= (hour < DAY_SECONDS // HOUR_SECONDS) & (minute < 60) & (second < 60)
        micro = MICRO * (HOUR_SECONDS * hour + MINUTE_SECONDS * minute + second)
        return dated(year=year, month=month, day=day, micro=micro, fits=there)

    return moments


# Seconds, and how many of each unit they are.
EPOCHS = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
# Digits in all, and whether the name must say that it is a time.
WRITTEN = {
    "yyyymmddhhmmss": (14, False),
    "yyyymmddhhmm": (12, False),
    "yyyymmddhh": (10, True),
    "yyyymmdd": (8, False),
    "yyyymm": (6, True),
}
UNITS = {
    unit.name: unit
    for unit in (
        TimeUnit("s", "seconds since 1970", _since_1970(EPOCHS["s"])),
        TimeUnit("ms", "milliseconds since 1970", _since_1970(EPOCHS["ms"])),
        TimeUnit("us", "microseconds since 1970", _since_1970(EPOCHS["us"])),
        TimeUnit("ns", "nanoseconds since 1970", _since_1970(EPOCHS["ns"])),
        TimeUnit("excel", "days as Excel counts them", _excel),
        TimeUnit("yyyymmddhhmmss", "dates and times written as digits", _digits(5)),
        TimeUnit("yyyymmddhhmm", "dates and times written as digits", _digits(4)),
        TimeUnit("yyyymmddhh", "dates and hours written as digits", _digits(3)),
        TimeUnit("yyyymmdd", "dates written as digits", _digits(2)),
        TimeUnit("yyyymm", "years and months written as digits", _digits(1)),
    )
}
