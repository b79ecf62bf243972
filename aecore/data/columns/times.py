"""Times: the column that makes a stream of rows, and why another one does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aecore.data.columns.column import Column, Role
from aecore.data.columns.measures import ColumnMeasures
from aecore.data.columns.number_times import UNITS, is_named_step, is_named_time

RISING_TIMES = "times that rise from row to row: a stream"
OTHER_TIMES = "times that do not rise from row to row"
TIMES_BESIDE_OTHERS = "times beside columns that are not all numbers"
SECOND_TIMES = "a second column of times"
FEW_TIMES = "times of too few rows for windows"
MAY_BE_TIME = "may be the time: it never falls from row to row"
# Windows of four rows, of which some are held out.
LEAST_ROWS = 12
# Dates that are written as digits: fewer may be so by chance.
LEAST_WRITTEN = 5


def with_time(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column], known: Mapping[str, Role]
) -> list[Column]:
    """Columns of times with a role: the first that rises makes a stream of columns of numbers."""
    pairs = list(zip(measures, columns, strict=True))
    times = [i for i, (one, c) in enumerate(pairs) if c.name not in known and _is_time(one, c)]
    learned = [c for i, c in enumerate(columns) if c.role in ("feature", "text") and i not in times]
    only_numbers = bool(learned) and all(c.type == "number" for c in learned)
    taken = "time" in known.values()
    found = list(columns)
    for i in times:
        why_not = _why_no_time(measures[i], only_numbers, taken)
        taken = taken or not why_not
        role: Role = "ignore" if why_not else "time"
        reason = _in_words(measures[i], why_not or RISING_TIMES)
        found[i] = replace(columns[i], role=role, reason=reason)
    return [
        replace(c, reason=MAY_BE_TIME)
        if c.role == "feature" and not c.reason and not taken and _may_be_time(one, c)
        else c
        for one, c in zip(measures, found, strict=True)
    ]


def order_beside(columns: Sequence[Column]) -> Column | None:
    """A column of times that rows follow, though no windows are made of them; None without."""
    if any(column.role == "time" for column in columns):
        return None
    return next((c for c in columns if c.role == "ignore" and _is_rising_time(c)), None)


def _is_rising_time(column: Column) -> bool:
    written = column.reason.endswith((TIMES_BESIDE_OTHERS, FEW_TIMES))
    return column.rising and (column.type == "time" or written)


def _is_time(one: ColumnMeasures, column: Column) -> bool:
    if column.type == "time":
        return not column.reason
    if column.type != "number" or column.role != "feature" or one.order is None:
        return False
    name = column.name
    if one.unit.startswith("yyyy"):
        return one.rows >= LEAST_WRITTEN
    if one.unit:
        return is_named_time(name) or one.order.of_a_stream
    whole = one.spread is not None and one.spread.whole
    return one.order.strict and (is_named_time(name) or (whole and is_named_step(name)))


def _may_be_time(one: ColumnMeasures, column: Column) -> bool:
    order = one.order
    return order is not None and order.never_falls and is_named_time(column.name)


def _why_no_time(one: ColumnMeasures, only_numbers: bool, taken: bool) -> str:
    if one.order is None or not one.order.of_a_stream:
        return OTHER_TIMES
    if taken:
        return SECOND_TIMES
    if not only_numbers:
        return TIMES_BESIDE_OTHERS
    return FEW_TIMES if one.rows < LEAST_ROWS else ""


def _in_words(one: ColumnMeasures, reason: str) -> str:
    unit = UNITS.get(one.unit)
    return reason if unit is None else f"{unit.title}: {reason}"
