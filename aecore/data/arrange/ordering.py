"""Ordering: rows in the order of their time, and what to say where they were not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.number_times import is_named_time, time_unit
from aecore.data.columns.time_order import TimeOrder, are_even, sorted_rows, time_order
from aecore.data.columns.values import column_values
from aecore.data.names import shown
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import AS_IN_FILE, AUTO, BY_TIME, ReadingOptions
from aecore.wording import counted

if TYPE_CHECKING:
    import pandas as pd


def main_time(frame: pd.DataFrame) -> str:
    """The column that is likely the time of rows: the first in order, else the first; or none."""
    names = [name for name in frame.columns if _may_be_time(frame[name])]
    good = (name for name in names if _is_orderly(column_values(frame[name]).values))
    return str(next(good, names[0] if names else ""))


def in_order(
    frame: pd.DataFrame, time: str, options: ReadingOptions
) -> tuple[pd.DataFrame, list[ReadingNote]]:
    """A frame in the order of a time, if rows are likely those of a stream or it is wanted so.

    Args:
        time: name of a column of moments or numbers; empty without one.
    """
    if not time:
        return frame, []
    values = column_values(frame[time]).values
    if values.dtype.kind not in "fM":
        return frame, []
    before = time_order(values)
    rows = sorted_rows(values)
    after = time_order(values[rows])
    sort = options.row_order == BY_TIME or (
        options.row_order == AUTO and _should_sort(values, before, after)
    )
    if sort and before.falling:
        sorted_frame = frame.iloc[rows].reset_index(drop=True)
        return sorted_frame, [_about_sorting(time, before), *_about_gaps(time, after)]
    if before.of_a_stream:
        return frame, list(_about_gaps(time, before))
    if after.of_a_stream and before.falling and values.dtype.kind == "M":
        return frame, [_about_disorder(time)]
    return frame, []


def _may_be_time(values: pd.Series) -> bool:
    """Moments, or numbers that stand for some and are named so."""
    if values.dtype.kind == "M" or str(values.dtype).startswith("datetime64"):
        return True
    if values.dtype.kind not in "iuf" or not is_named_time(str(values.name)):
        return False
    return time_unit(str(values.name), column_values(values).values) is not None


def _is_orderly(values: np.ndarray) -> bool:
    order = time_order(values)
    return order.of_a_stream or order.nearly_sorted


def _should_sort(values: np.ndarray, before: TimeOrder, after: TimeOrder) -> bool:
    """Whether rows are those of a stream, in another order than that of time."""
    if before.of_a_stream or not after.of_a_stream:
        return False
    return before.nearly_sorted or are_even(values)


def _about_sorting(time: str, before: TimeOrder) -> ReadingNote:
    if not before.rising:
        why = "the newest stood first"
    else:
        why = f"{counted(before.falling, 'row')} stood behind a later one"
    return ReadingNote(
        "advice",
        f'Rows are sorted by "{shown(time)}": {why}.',
        "row_order",
        AS_IN_FILE,
        "Keep the file's order",
        columns=(time,),
    )


def _about_disorder(time: str) -> ReadingNote:
    return ReadingNote(
        "advice",
        f'Rows are in no order of "{shown(time)}", so that they are held out at random. Sort them '
        "if they follow each other: then windows of them are learned, and the latest held out.",
        "row_order",
        BY_TIME,
        "Sort by time",
        columns=(time,),
    )


def _about_gaps(time: str, order: TimeOrder) -> Iterator[ReadingNote]:
    """Times that come again, are missing, or lie an hour back."""
    name = shown(time)
    if order.equal:
        have = "has" if order.equal == 1 else "have"
        yield ReadingNote(
            "advice",
            f'{counted(order.equal, "row")} {have} the same "{name}" as the row before. '
            "No row is left out.",
            columns=(time,),
        )
    if order.missing:
        have = "has" if order.missing == 1 else "have"
        yield ReadingNote(
            "advice",
            f'{counted(order.missing, "row")} {have} no "{name}". No row is left out: each follows '
            "the row that stands above it.",
            columns=(time,),
        )
    if order.falling:
        times = "once" if order.falling == 1 else f"{order.falling:,} times"
        yield ReadingNote(
            "advice",
            f'"{name}" goes back {times} by an hour or less, as a clock that is set back: rows '
            "stay in the order of the file.",
            "row_order",
            BY_TIME,
            "Sort by time",
            columns=(time,),
        )
