"""Spreading: series that stand below each other, side by side, with a row for each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.arrange.series_keys import Series, find_series
from aecore.data.columns.labels import LABEL_NAMES
from aecore.data.columns.values import column_values
from aecore.data.columns.words import plain
from aecore.data.limits import refuse_above
from aecore.data.names import shown, unique_names
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import AUTO, KEEP, SPREAD, ReadingOptions
from aecore.wording import counted

if TYPE_CHECKING:
    import pandas as pd

# Unasked, so many channels at most are made, of series that have a row at most times.
MOST_CHANNELS, LEAST_DENSITY, LEAST_TIMES = 64, 0.8, 12
NAMED = 3


def side_by_side(
    frame: pd.DataFrame, time: str, options: ReadingOptions
) -> tuple[pd.DataFrame, list[ReadingNote]]:
    """A frame with the series of a long table side by side, if it is one, and what to say of it.

    Args:
        time: name of a column of moments or numbers; empty without one.
    """
    found = find_series(frame, time) if time else None
    if found is None:
        return frame, _nothing_to_spread(options)
    if options.long_format == KEEP:
        return frame, []
    values, beside, dropped = _columns(frame, found)
    channels = len(values) * len(found.labels)
    if options.long_format == AUTO and not _suits(found, channels, [*values, *dropped]):
        return frame, [_advice(found)]
    if not values:
        return frame, [_advice(found)]
    refuse_above("columns", channels + len(beside) + 1, "The table side by side", "Leave it long.")
    made = _spread(frame, found, values, beside)
    return made, [_told(found), *_left_out(dropped)]


def _suits(found: Series, channels: int, names: Sequence[str]) -> bool:
    """Whether a table is spread unasked: not where each row has a label of its own."""
    labelled = any(plain(n) in LABEL_NAMES or plain(n).startswith("is_") for n in names)
    enough = len(found.times) >= LEAST_TIMES and found.density >= LEAST_DENSITY
    return enough and 0 < channels <= MOST_CHANNELS and not labelled


def _columns(frame: pd.DataFrame, found: Series) -> tuple[list[str], list[str], list[str]]:
    """Names of columns of numbers of each series, of those that all share, and of others."""
    values, beside, dropped = [], [], []
    for name in frame.columns:
        if name in (found.time, *found.keys):
            continue
        codes = _codes(frame[name])
        if _is_constant(codes, found.row_time):
            beside.append(name)
        elif frame[name].dtype.kind in "iuf" and not _is_constant(codes, found.row_series):
            values.append(name)
        else:
            dropped.append(name)
    return values, beside, dropped


def _codes(values: pd.Series) -> np.ndarray:
    import pandas as pd

    return np.asarray(pd.factorize(values)[0])


def _is_constant(codes: np.ndarray, groups: np.ndarray) -> bool:
    """Whether all rows of a group, -1 left out, have the same value."""
    known = groups >= 0
    order = np.argsort(groups[known], kind="stable")
    groups, codes = groups[known][order], codes[known][order]
    within = groups[1:] == groups[:-1]
    return bool(within.any() and (codes[1:] == codes[:-1])[within].all())


def _spread(
    frame: pd.DataFrame, found: Series, values: Sequence[str], beside: Sequence[str]
) -> pd.DataFrame:
    """One row for each time, ascending; a series without a row at a time has a gap there."""
    import pandas as pd

    known = found.row_time >= 0
    first = np.full(len(found.times), -1)
    # Of several rows the first counts: the last written.
    rows = np.flatnonzero(known)[::-1]
    first[found.row_time[rows]] = rows
    columns = {found.time: found.times}
    columns |= {name: frame[name].iloc[first].to_numpy() for name in beside}
    names = [
        _name(found, label, value if len(values) > 1 else "")
        for value in values
        for label in found.labels
    ]
    parts = []
    for value in values:
        grid = np.full((len(found.times), len(found.labels)), np.nan)
        numbers = column_values(frame[value]).values
        grid[found.row_time[rows], found.row_series[rows]] = numbers[rows]
        parts += list(grid.T)
    own = unique_names([*columns, *names])[len(columns) :]
    return pd.DataFrame(columns | dict(zip(own, parts, strict=True)))


def _name(found: Series, label: Sequence[str], value: str) -> str:
    """A channel's name: `temp`, or where keys are numbers `meter 0`; the value before it."""
    parts = [
        f"{key} {text}" if text.replace(".", "", 1).lstrip("-").isdecimal() else text
        for key, text in zip(found.keys, label, strict=True)
    ]
    return " ".join([*([value] if value else []), ", ".join(parts)])


def _told(found: Series) -> ReadingNote:
    return ReadingNote(
        "advice",
        f"{_repeated(found)} They stand side by side now, with a row for each of "
        f"{len(found.times):,} times.",
        "long_format",
        KEEP,
        "Keep the rows as they are",
        columns=found.keys,
    )


def _advice(found: Series) -> ReadingNote:
    return ReadingNote(
        "advice",
        f"{_repeated(found)} Rows are taken as they are, each by itself, and held out at random.",
        "long_format",
        SPREAD,
        "Set side by side",
        columns=found.keys,
    )


def _repeated(found: Series) -> str:
    keys = " and ".join(f'"{shown(key)}"' for key in found.keys)
    return (
        f'Times in "{shown(found.time)}" come again for each {keys}: '
        f"{counted(len(found.labels), 'series')} stand below each other."
    )


def _left_out(names: Sequence[str]) -> list[ReadingNote]:
    if not names:
        return []
    listed = ", ".join(f'"{shown(name)}"' for name in names[:NAMED])
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    sentence = f"Left out, for they are no numbers of each series and time: {listed}{more}."
    return [ReadingNote("columns", sentence, count=len(names), columns=tuple(names))]


def _nothing_to_spread(options: ReadingOptions) -> list[ReadingNote]:
    if options.long_format != SPREAD:
        return []
    return [
        ReadingNote(
            "advice",
            "No column tells series apart that have the same times: rows stay as they are.",
            "long_format",
            AUTO,
            "As found",
        )
    ]
