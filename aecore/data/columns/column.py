"""Columns: what a check sheet says of each column of a table, and its role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Role = Literal["feature", "label", "ignore", "time", "text"]
ColumnType = Literal["number", "category", "text", "time"]
ROLES: tuple[Role, ...] = ("feature", "label", "ignore", "time", "text")
MISSING_LABEL = "(missing)"
# The category of rows that have none.
EMPTY = "(empty)"
NOT_IN_PARTS = "a table that is read in parts is learned from its numbers and categories alone"


@dataclass(frozen=True)
class Column:
    """One column as the check sheet shows it.

    Attributes:
        name: as in the file.
        type: `number`, `category` (few different values, or true and false), `text` (sentences, or
            too many different values for categories) or `time`.
        role: what it is for: the one that was proposed, or that the source knows.
        reason: why that role was proposed, where it is not plainly a feature.
        missing: rows without a value.
        distinct: different values, missing ones not counted.
        low, high: the range of numbers.
        categories: the values of a category, or of a column that may be a label, sorted; empty
            above the limit of classes.
        terms: different terms in two at least of the first 5,000 texts, for `text`.
        duplicate_of: the first column with the same values in all rows.
        examples: the first few values, as text.
        rising: whether numbers or times never fall from row to row, but where a clock is set back.
    """

    name: str
    type: ColumnType
    role: Role
    reason: str = ""
    missing: int = 0
    distinct: int = 0
    low: float | None = None
    high: float | None = None
    categories: tuple[str, ...] = ()
    terms: int = 0
    duplicate_of: str = ""
    examples: tuple[str, ...] = ()
    rising: bool = False

    @property
    def with_empty(self) -> tuple[str, ...]:
        """The categories, and one more for rows without a value, where there are such."""
        lacks = self.missing > 0 and EMPTY not in self.categories
        return (*self.categories, EMPTY) if lacks else self.categories

    @property
    def is_constant(self) -> bool:
        """Whether all rows have the same value."""
        return self.distinct <= 1 and self.missing == 0


def class_names(label: Column | None) -> tuple[str, ...]:
    """The classes of a label column; rows without a value are a class of their own."""
    if label is None:
        return ()
    return (*label.categories, MISSING_LABEL) if label.missing else label.categories


def learnable(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns as proposed, but texts and times ignored, which only a whole table tells."""
    return tuple(
        replace(column, role="ignore", reason=NOT_IN_PARTS)
        if column.role in ("text", "time")
        else column
        for column in columns
    )
