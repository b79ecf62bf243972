"""Roles: what each column of a table is for, proposed from its measures or chosen by a user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aecore.data.columns.column import Column, Role
from aecore.data.columns.ids import UNIQUE, id_guess
from aecore.data.columns.labels import (
    SPLIT,
    find_label,
    is_split,
    with_hints,
    without_label_again,
)
from aecore.data.columns.measures import TWO, ColumnMeasures, measure_column
from aecore.data.columns.times import with_time
from aecore.data.columns.values import value_text
from aecore.data.names import shown
from aecore.errors import DataError
from aecore.wording import counted

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["assign", "measure_columns", "propose", "roles_of", "value_text"]

KNOWN = "as the data set says"
EMPTY = "no values"
CONSTANT = "the same in each row"
TARGET = "looks like a target to predict: not part of what is learned; to colour maps by"
SENTENCES = "sentences"
UNSPACED = "sentences without spaces between words: its terms are pairs of characters"

TARGET_NAMES = {"target", "targets"}
WORDS_OF_A_SENTENCE = 4
# A column with a larger share of gaps is proposed to be ignored.
MOST_GAPS = 0.5
MAX_LISTED = 20


def propose(frame: pd.DataFrame, known: Mapping[str, Role]) -> tuple[Column, ...]:
    """The columns of a table, measured, each with the role that seems to suit it.

    Args:
        frame: as of a `Table`.
        known: column -> role, where it needs no guess.
    """
    return assign(measure_columns(frame), known)


def roles_of(columns: Sequence[Column], given: Mapping[str, Role]) -> dict[str, Role]:
    """Column -> role: the proposed ones, with those that a user gave in their place.

    Raises:
        DataError: there is no such column, a column cannot have its role, two are labels or
            times, or none is left to learn from.
    """
    names = [column.name for column in columns]
    unknown = [name for name in given if name not in names]
    if unknown:
        raise DataError(
            f"There is no column named {_quoted(unknown)}.",
            f"The columns are {_quoted(names)}.",
        )
    roles: dict[str, Role] = {c.name: given.get(c.name, c.role) for c in columns}
    for column in columns:
        _refuse_impossible(column, roles[column.name])
    _refuse_second(roles, "label", "A data set has one label")
    _refuse_second(roles, "time", "A stream has one time")
    if not {"feature", "text"} & set(roles.values()):
        raise DataError(
            "No column is left to learn from.", "Make at least one a feature, or a text."
        )
    return roles


def measure_columns(frame: pd.DataFrame) -> tuple[ColumnMeasures, ...]:
    """All columns of a frame, measured."""
    return tuple(
        measure_column(str(frame.columns[i]), frame.iloc[:, i]) for i in range(frame.shape[1])
    )


def assign(measures: Sequence[ColumnMeasures], known: Mapping[str, Role]) -> tuple[Column, ...]:
    """Columns as measured, each with the role that is known or seems to suit it."""
    columns = _each_by_itself(measures)
    label = None if "label" in known.values() else find_label(measures, columns, known)
    if label is not None:
        columns[label[0]] = replace(columns[label[0]], role="label", reason=label[1])
    columns = [_without_target(_without_one_value(column)) for column in columns]
    columns = [
        replace(column, role=known[column.name], reason=KNOWN) if column.name in known else column
        for column in columns
    ]
    columns = without_label_again(measures, columns, known)
    hinted = with_time(measures, with_hints(measures, columns, known), known)
    return tuple(
        column if column.name in known else _without_most(one, column)
        for one, column in zip(measures, hinted, strict=True)
    )


def _each_by_itself(measures: Sequence[ColumnMeasures]) -> list[Column]:
    """What a column's own values, and those before it, say of its role."""
    first: dict[bytes, str] = {}
    columns = []
    for place, one in enumerate(measures):
        earlier = first.setdefault(one.key, one.column.name)
        copied = earlier if earlier != one.column.name else ""
        column = replace(one.column, duplicate_of=copied)
        columns.append(_by_itself(measures, place, column))
    return columns


def _by_itself(measures: Sequence[ColumnMeasures], place: int, column: Column) -> Column:
    def ignored(reason: str) -> Column:
        return replace(column, role="ignore", reason=reason)

    one = measures[place]
    if column.is_constant or not column.distinct:
        return ignored(CONSTANT if column.distinct else EMPTY)
    if column.duplicate_of:
        return ignored(f'the same values as "{shown(column.duplicate_of)}"')
    if column.type == "time" or column.distinct == 1:
        return column
    if column.type != "text" and is_split(one):
        return ignored(SPLIT)
    if column.type == "category" and one.unique and column.distinct > TWO:
        return ignored(UNIQUE)
    if column.type != "text":
        found = id_guess(measures, place)
        return ignored(found.reason) if found.is_sure else replace(column, reason=found.reason)
    if one.words >= WORDS_OF_A_SENTENCE:
        return replace(column, role="text", reason=UNSPACED if one.unspaced else SENTENCES)
    if one.unique:
        return ignored(UNIQUE)
    return ignored(f"{column.distinct:,} different texts, too many for categories")


def _without_one_value(column: Column) -> Column:
    """One value and gaps, which would be filled with it, are nothing to learn."""
    if column.distinct != 1 or column.role != "feature":
        return column
    reason = f"no value in {counted(column.missing, 'row')}, and all others the same"
    return replace(column, role="ignore", reason=reason)


def _without_most(one: ColumnMeasures, column: Column) -> Column:
    """What is mostly gaps would be learned as what fills them."""
    if column.role != "feature" or column.missing <= MOST_GAPS * one.rows:
        return column
    reason = f"no value in {column.missing:,} of {counted(one.rows, 'row')}, more than half"
    return replace(column, role="ignore", reason=reason)


def _without_target(column: Column) -> Column:
    target = column.name.lower() in TARGET_NAMES
    if target and column.type == "number" and column.role == "feature":
        return replace(column, role="ignore", reason=TARGET)
    return column


def _refuse_impossible(column: Column, role: Role) -> None:
    name, remedy = shown(column.name), "Give it another role, such as ignore."
    if role == "feature" and column.type == "time":
        raise DataError(f'Column "{name}" holds times, which cannot be a feature.', remedy)
    if role == "feature" and column.type == "text" and not column.categories:
        raise DataError(
            f'Column "{name}" has {column.distinct:,} different texts, too many or too long to be '
            "a feature.",
            remedy,
        )
    if role == "label" and not column.categories:
        raise DataError(
            f'Column "{name}" cannot be the label: its values do not come again as those of '
            "classes do, or are too many.",
            remedy,
        )
    if role == "time" and column.type not in ("time", "number"):
        raise DataError(f'Column "{name}" holds no times.', remedy)
    if role == "text" and column.type not in ("text", "category"):
        raise DataError(f'Column "{name}" holds no texts.', remedy)


def _refuse_second(roles: Mapping[str, Role], role: Role, rule: str) -> None:
    names = [name for name, own in roles.items() if own == role]
    if len(names) > 1:
        raise DataError(
            f"{rule}, and {len(names)} columns have the role {role}: {_quoted(names)}.",
            "Give all but one of them another role.",
        )


def _quoted(names: Sequence[str]) -> str:
    listed = ", ".join(f'"{shown(name)}"' for name in names[:MAX_LISTED])
    return f"{listed}, …" if len(names) > MAX_LISTED else listed
