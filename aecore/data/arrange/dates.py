"""Dates: columns of text that hold them, as moments, and what was guessed of their form."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.moments import DAY_FIRST, LAST_OF_2000S, MONTH_FIRST, Moments, read_moments
from aecore.data.columns.time_order import unwrapped
from aecore.data.columns.values import column_values, holds_moments, written_texts
from aecore.data.names import shown
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import AUTO, DATE_ORDERS, ReadingOptions
from aecore.wording import counted

if TYPE_CHECKING:
    import pandas as pd

LOOKED_AT = 500
YEAR_OF_CENTURY = 100


def dates_read(
    frame: pd.DataFrame, options: ReadingOptions
) -> tuple[pd.DataFrame, tuple[str, ...], list[ReadingNote]]:
    """A frame with moments for texts that are dates, the names of its clock times, and notes.

    Clock times without a date are moments of the first of January 1970.
    """
    found: dict[str, np.ndarray] = {}
    clocks: list[str] = []
    notes: list[ReadingNote] = []
    for name in frame.columns:
        column = frame[name]
        if column.dtype == object and holds_moments(column):
            found[name] = column_values(column).values
        texts = written_texts(column) if _may_be_dates(column, options) else None
        read = None if texts is None else read_moments(texts, *_way(options))
        if texts is None or read is None:
            continue
        found[name] = read.values
        clocks += [name] if read.is_clock else []
        notes += _told(str(name), texts, read, options)
    return (frame.assign(**found) if found else frame), tuple(clocks), notes


def without_midnights(
    frame: pd.DataFrame, clocks: Collection[str]
) -> tuple[pd.DataFrame, list[ReadingNote]]:
    """A frame whose clock times do not begin anew after midnight, and what to say of it."""
    found, notes = {}, []
    for name in (name for name in clocks if name in frame.columns):
        before = frame[name].to_numpy()
        after = unwrapped(before)
        if not np.array_equal(before, after, equal_nan=True):
            found[name] = after
            days = int(np.nanmax(after.astype("datetime64[D]").astype(int)))
            notes.append(
                ReadingNote(
                    "advice",
                    f'"{shown(name)}" holds clock times without a date, which begin anew '
                    f"{days:,} times: each time a day later.",
                    columns=(name,),
                )
            )
    return (frame.assign(**found) if found else frame), notes


def _may_be_dates(column: pd.Series, options: ReadingOptions) -> bool:
    """Whether some values of a column are dates in text, or all of those are missing."""
    some = written_texts(column.iloc[:: max(1, len(column) // LOOKED_AT)])
    if some is None:
        return False
    there = some[[text is not None for text in some]]
    return not len(there) or read_moments(there, *_way(options)) is not None


def _way(options: ReadingOptions) -> tuple[str, str]:
    return options.date_order, options.two_digit_years


def _told(
    name: str, texts: np.ndarray, read: Moments, options: ReadingOptions
) -> Iterator[ReadingNote]:
    if read.order and read.proof != "option":
        yield from _about_order(name, texts, read)
    if read.short_years and options.two_digit_years == AUTO:
        yield _about_years(name, read)
    wrong = np.flatnonzero([text is not None for text in texts] & np.isnat(read.values))
    if len(wrong):
        example = f'"{shown(texts[wrong[0]])}" in row {wrong[0] + 1:,}'
        cells = counted(len(wrong), "cell")
        yield ReadingNote(
            "cells",
            f'{cells} of "{shown(name)}" {"is no date" if len(wrong) == 1 else "are no dates"}, '
            f"such as {example}: they count as missing.",
            count=len(wrong),
            columns=(name,),
        )


def _about_order(name: str, texts: np.ndarray, read: Moments) -> Iterator[ReadingNote]:
    """What stands first, and whether another order is possible."""
    first = next(text for text in texts if text is not None)
    title = DATE_ORDERS[read.order].title.lower()
    why = {
        "rows": "no other order fits all rows",
        "rising": "read so, times follow each other",
    }.get(read.proof, "other orders are possible, too")
    yield ReadingNote(
        "guess",
        f'Dates of "{shown(name)}" have the {title}: {why}.',
        "date_order",
        read.order,
        columns=(name,),
    )
    if read.proof:
        return
    other = MONTH_FIRST if read.order == DAY_FIRST else DAY_FIRST
    yield ReadingNote(
        "advice",
        f'"{shown(first)}" in "{shown(name)}" is read with the {title}, which the rows do not '
        "prove.",
        "date_order",
        other,
        DATE_ORDERS[other].title,
        columns=(name,),
    )


def _about_years(name: str, read: Moments) -> ReadingNote:
    there = read.values[~np.isnat(read.values)]
    years = there.astype("datetime64[Y]").astype(int) + 1970
    year = int(years[0])
    value = "2000" if (years % YEAR_OF_CENTURY <= LAST_OF_2000S).all() else AUTO
    return ReadingNote(
        "guess",
        f'Years of "{shown(name)}" have two digits: {year % YEAR_OF_CENTURY:02} is {year}.',
        "two_digit_years",
        value,
        columns=(name,),
    )
