"""Joining: one time of several columns, such as a date and a clock time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.calendars import HOUR_SECONDS, MICRO, MINUTE_SECONDS, dated
from aecore.data.columns.number_times import time_unit
from aecore.data.columns.time_order import time_order
from aecore.data.columns.values import column_values
from aecore.data.columns.words import plain
from aecore.data.names import shown, unique_names
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import ReadingOptions
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

# What columns of numbers that make a time together are called, in their order.
PARTS = (
    {"year", "jahr", "yr", "annee", "ano", "anno"},
    {"month", "monat", "mon", "mois", "mes", "mese"},
    {"day", "tag", "jour", "dia", "giorno", "mday"},
    {"hour", "stunde", "hr", "std", "heure", "hora", "ora"},
    {"minute", "min", "minuten"},
    {"second", "sec", "sekunde"},
)
YEAR, MONTH, DAY, HOUR = range(4)
LAST_HOUR, LEAST_PARTS = 24, 3
# Clock times written as digits: 930 or 93000.
HOUR_AND_MINUTE, WITH_SECONDS = 2400, 240_000


def joined(
    frame: pd.DataFrame, clocks: Collection[str], options: ReadingOptions
) -> tuple[pd.DataFrame, str, list[ReadingNote]]:
    """A frame with one time in place of its parts, the name of a time that was chosen, and notes.

    Args:
        clocks: columns of clock times without a date.

    Raises:
        DataError: the chosen columns make no time.
    """
    if options.time_columns:
        names = list(options.time_columns)
        if len(names) == 1:
            return frame, names[0], []
        times = _combined(frame, names, clocks)
        if times is None:
            raise DataError(
                f"The columns {_listed(names)} make no time together.",
                "Choose a date and a clock time, or year, month and day.",
            )
        made, name = _in_place(frame, names, times)
        return made, name, []
    for names in _candidates(frame, clocks):
        times = _combined(frame, names, clocks)
        if times is not None and _belong_together(frame, names, clocks, times):
            made, name = _in_place(frame, names, times)
            sentence = f'The time is made of {_listed(names)}: "{shown(name)}".'
            return made, name, [ReadingNote("guess", sentence, "time_columns", names)]
    return frame, "", []


def _candidates(frame: pd.DataFrame, clocks: Collection[str]) -> Iterator[list[str]]:
    """Columns that may make a time together: beside each other, or by their names."""
    names = list(frame.columns)
    hours = [name for name in names if plain(name) in PARTS[HOUR] and _is_number(frame[name])]
    dates = []
    if clocks or hours:
        dates = [name for name in names if name not in clocks and _is_date(frame[name])]
    for clock in (name for name in names if name in clocks):
        near = [d for d in dates if abs(names.index(d) - names.index(clock)) == 1]
        for date in near or (dates if len(dates) == len(clocks) == 1 else []):
            yield [date, clock]
    yield from ([date, hour] for date in dates for hour in hours)
    parts = [next((n for n in names if plain(n) in words), "") for words in PARTS]
    there = parts[: parts.index("")] if "" in parts else parts
    if len(there) >= LEAST_PARTS and all(_is_number(frame[name]) for name in there):
        yield there


def _belong_together(
    frame: pd.DataFrame, names: Sequence[str], clocks: Collection[str], times: np.ndarray
) -> bool:
    """A clock beside a date belongs to it; numbers do where rows follow each other then."""
    if names[-1] in clocks:
        return True
    order = time_order(times)
    if not (order.of_a_stream or order.nearly_sorted):
        return False
    return len(names) > 2 or not time_order(_moments(frame[names[0]])).strict


def _combined(
    frame: pd.DataFrame, names: Sequence[str], clocks: Collection[str]
) -> np.ndarray | None:
    """(rows,) datetime64[us] of several columns; None where they make no time."""
    if len(names) == 2:
        date, clock = sorted(
            names, key=lambda name: name in clocks or _is_clock_number(frame, name)
        )
        if not _is_date(frame[date]):
            return None
        seconds = _seconds(frame, clock, clocks)
        return None if seconds is None else _moments(frame[date]) + seconds
    numbers = [frame[name] for name in names]
    if len(names) < LEAST_PARTS or len(names) > len(PARTS) or not all(map(_is_number, numbers)):
        return None
    return _of_parts([column_values(values).values for values in numbers])


def _of_parts(parts: Sequence[np.ndarray]) -> np.ndarray | None:
    fits = np.all([np.isfinite(part) for part in parts], axis=0)
    whole = [np.where(fits, part, 0).astype(np.int64) for part in parts]
    none = np.zeros(len(fits), dtype=np.int64)
    year, month, day, *clock = whole
    hour, minute, second = [*clock, none, none, none][:3]
    micro = MICRO * (HOUR_SECONDS * hour + MINUTE_SECONDS * minute + second)
    times = dated(year=year, month=month, day=day, micro=micro, fits=fits)
    return None if np.isnat(times[fits]).any() or not fits.any() else times


def _seconds(frame: pd.DataFrame, name: str, clocks: Collection[str]) -> np.ndarray | None:
    """(rows,) timedelta64 since midnight, of clock times or of whole numbers of hours."""
    if name in clocks:
        return np.asarray(frame[name].to_numpy() - np.datetime64(0, "us"))
    if not _is_number(frame[name]):
        return None
    values = column_values(frame[name]).values
    there = values[np.isfinite(values)]
    if not len(there) or (there < 0).any() or (there % 1).any():
        return None
    hour, minute, second = values, 0 * values, 0 * values
    if there.max() >= HOUR_AND_MINUTE:
        values, second = np.divmod(values, 100)
        hour, minute = np.divmod(values, 100)
    elif there.max() > LAST_HOUR:
        hour, minute = np.divmod(values, 100)
    possible = np.nan_to_num(np.maximum(minute, second)).max() < 60
    if there.max() >= WITH_SECONDS or not possible:
        return None
    micro = MICRO * (HOUR_SECONDS * hour + MINUTE_SECONDS * minute + second)
    return np.where(np.isfinite(micro), micro, 0).astype(np.int64).astype("timedelta64[us]")


def _in_place(
    frame: pd.DataFrame, names: Sequence[str], times: np.ndarray
) -> tuple[pd.DataFrame, str]:
    """A frame with one column in place of several, where the first of them stood."""
    place = min(frame.columns.get_loc(name) for name in names)
    left = frame.drop(columns=list(names))
    made = unique_names([*left.columns, " ".join(names)])[-1]
    left.insert(place, made, times)
    return left, made


def _is_date(values: pd.Series) -> bool:
    """Whether moments are all midnights, or numbers dates that are written as digits."""
    if values.dtype.kind == "M":
        own = _moments(values)
        own = own[~np.isnat(own)]
        return len(own) > 0 and bool((own == own.astype("datetime64[D]")).all())
    if not _is_number(values):
        return False
    unit = time_unit(str(values.name), column_values(values).values)
    return unit is not None and unit.name == "yyyymmdd"


def _is_clock_number(frame: pd.DataFrame, name: str) -> bool:
    return _is_number(frame[name]) and not _is_date(frame[name])


def _moments(values: pd.Series) -> np.ndarray:
    """Moments, or numbers as the moments that they stand for, if they stand for any."""
    found = column_values(values).values
    unit = time_unit(str(values.name), found) if found.dtype.kind == "f" else None
    return found if unit is None else unit.moments(found)


def _is_number(values: pd.Series) -> bool:
    return values.dtype.kind in "iuf" or str(values.dtype).lower().startswith(("int", "uint"))


def _listed(names: Sequence[str]) -> str:
    quoted = [f'"{shown(name)}"' for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"
