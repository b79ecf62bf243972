"""Roles: what each column of a table is for, proposed from its measures or chosen by a user."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aecore.data.columns.column import Column, Role
from aecore.data.columns.measures import TWO, ColumnMeasures, measure_column
from aecore.data.columns.values import value_text
from aecore.data.names import shown
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["assign", "measure_columns", "propose", "roles_of", "value_text"]

KNOWN = "as the data set says"
EMPTY = "no values"
CONSTANT = "the same in each row"
UNIQUE = "unique in each row"
TARGET = "looks like a target to predict: not part of what is learned; to colour maps by"
NAMED_LABEL = "named like a label"
LAST = "the last column, with few different values"
SENTENCES = "sentences"
RISING_TIMES = "times that rise from row to row: a stream"
OTHER_TIMES = "times that do not rise from row to row"
TIMES_BESIDE_OTHERS = "times beside columns that are not all numbers"
SECOND_TIMES = "a second column of times"

# Where several columns are named like this, the earlier name counts.
LABEL_NAMES = (
    *("label", "labels", "class", "classes", "class_name", "class_label", "target", "targets"),
    *("y", "species", "diagnosis", "outcome", "category", "anomaly"),
)
TARGET_NAMES = {"target", "targets"}
ID_WORDS = {"id", "uuid", "guid", "index", "unnamed", "key"}
WORDS_OF_A_SENTENCE = 4
# Two or three numbers may count up by chance.
LEAST_COUNTED = 4
# Whole numbers that name classes: more of them where the column is named so.
MOST_NAMED_CLASSES, MOST_CLASSES = 100, 20
LEAST_COLUMNS = 3
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
    label = None if "label" in known.values() else _label(measures, columns, known)
    if label is not None:
        columns[label[0]] = replace(columns[label[0]], role="label", reason=label[1])
    columns = [_without_target(column) for column in columns]
    columns = [
        replace(column, role=known[column.name], reason=KNOWN) if column.name in known else column
        for column in columns
    ]
    columns = _without_label_again(measures, columns, known)
    return tuple(_with_time(measures, columns, known))


def _each_by_itself(measures: Sequence[ColumnMeasures]) -> list[Column]:
    """What a column's own values, and those before it, say of its role."""
    first: dict[bytes, str] = {}
    columns = []
    for one in measures:
        earlier = first.setdefault(one.key, one.column.name)
        copied = earlier if earlier != one.column.name else ""
        columns.append(_by_itself(one, replace(one.column, duplicate_of=copied)))
    return columns


def _by_itself(one: ColumnMeasures, column: Column) -> Column:
    def ignored(reason: str) -> Column:
        return replace(column, role="ignore", reason=reason)

    if column.distinct <= 1:
        return ignored(CONSTANT if column.distinct else EMPTY)
    if column.duplicate_of:
        return ignored(f'the same values as "{shown(column.duplicate_of)}"')
    if column.type == "number":
        return ignored(UNIQUE) if _counts_rows(one) else column
    if column.type == "category":
        return ignored(UNIQUE) if one.unique and column.distinct > TWO else column
    if column.type == "time":
        return column
    if one.words >= WORDS_OF_A_SENTENCE:
        return replace(column, role="text", reason=SENTENCES)
    if one.unique:
        return ignored(UNIQUE)
    return ignored(f"{column.distinct:,} different texts, too many for categories")


def _counts_rows(one: ColumnMeasures) -> bool:
    """Whether whole numbers rise from 0 or 1, or are named as what tells rows apart."""
    whole = one.spread is not None and one.spread.whole
    if not (whole and one.unique and one.spread and one.rows >= LEAST_COUNTED):
        return False
    counts = one.rises and one.spread.low in (0, 1)
    return counts or bool(ID_WORDS & set(_words(one.column.name)))


def _label(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column], known: Mapping[str, Role]
) -> tuple[int, str] | None:
    """The place of the column that is likely the label, and why."""
    free = [i for i, c in enumerate(columns) if c.role == "feature" and c.name not in known]
    likely = [i for i in free if _may_be_label(measures[i], MOST_NAMED_CLASSES)]
    named = _named_label([c.name for c in columns], likely)
    if named is not None:
        return named, NAMED_LABEL
    last = len(columns) - 1
    if last in free and _may_be_label(measures[last], MOST_CLASSES) and _is_apart(columns):
        return last, LAST
    return None


def _may_be_label(one: ColumnMeasures, most: int) -> bool:
    return one.few and (one.column.type == "category" or one.column.distinct <= most)


def _named_label(names: Sequence[str], likely: Iterable[int]) -> int | None:
    """A column named as labels are, else the only one with a name like `true_label` or `is_ill`."""
    plain = {i: "_".join(_words(names[i])) for i in likely}
    # Beside x, y is a coordinate.
    if "x" in (name.lower() for name in names):
        plain = {i: name for i, name in plain.items() if name != "y"}
    exact = [i for i, name in plain.items() if name in LABEL_NAMES]
    if exact:
        return min(exact, key=lambda i: LABEL_NAMES.index(plain[i]))
    like = [
        i
        for i, name in plain.items()
        if name.startswith("is_") or name.endswith(("_label", "_target"))
    ]
    return like[0] if len(like) == 1 else None


def _is_apart(columns: Sequence[Column]) -> bool:
    """Whether the last column differs from the others: most are numbers, and not of its range."""
    *others, last = [c for c in columns if c.role != "ignore"]
    numbers = [c for c in others if c.type == "number"]
    if len(columns) < LEAST_COLUMNS or 2 * len(numbers) <= len(others):
        return False
    if last.type != "number":
        return True
    counted = last.distinct == TWO or (
        last.low in (0, 1) and last.high == last.low + last.distinct - 1
    )
    alike = [c for c in numbers if (c.low, c.high) == (last.low, last.high)]
    return counted and 2 * len(alike) <= len(numbers)


def _without_target(column: Column) -> Column:
    target = column.name.lower() in TARGET_NAMES
    if target and column.type == "number" and column.role == "feature":
        return replace(column, role="ignore", reason=TARGET)
    return column


def _without_label_again(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column], known: Mapping[str, Role]
) -> list[Column]:
    """No feature tells the label in other words, such as a code beside the name of a class."""
    labels = [i for i, c in enumerate(columns) if c.role == "label" and measures[i].few]
    if not labels:
        return list(columns)
    label, reason = measures[labels[0]], f'tells the label "{shown(columns[labels[0]].name)}"'
    return [
        replace(column, role="ignore", reason=reason)
        if column.role == "feature" and column.name not in known and one.pattern == label.pattern
        else column
        for one, column in zip(measures, columns, strict=True)
    ]


def _with_time(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column], known: Mapping[str, Role]
) -> list[Column]:
    """Columns of times with a role: the first that rises makes a stream of columns of numbers."""
    learned = [c for c in columns if c.role in ("feature", "text")]
    only_numbers = bool(learned) and all(c.type == "number" for c in learned)
    taken = "time" in known.values()
    found = []
    for one, column in zip(measures, columns, strict=True):
        if column.type == "time" and not column.reason:
            reason = _why_no_time(one, only_numbers, taken)
            taken = taken or not reason
            role: Role = "ignore" if reason else "time"
            column = replace(column, role=role, reason=reason or RISING_TIMES)
        found.append(column)
    return found


def _why_no_time(one: ColumnMeasures, only_numbers: bool, taken: bool) -> str:
    if not one.rises:
        return OTHER_TIMES
    if taken:
        return SECOND_TIMES
    return "" if only_numbers else TIMES_BESIDE_OTHERS


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


def _words(name: str) -> list[str]:
    """The words of a name: `isFraud`, `is_fraud` and `Is fraud` have the same."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return [word for word in re.split(r"[\W_]+", parted.lower()) if word]
