"""Leaks: features that tell the label by themselves, such as a score that was made from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.column import MISSING_LABEL, Column, class_names
from aecore.data.columns.labels import one_hot_groups
from aecore.data.columns.measures import ColumnMeasures
from aecore.data.columns.values import column_values, value_text

if TYPE_CHECKING:
    import pandas as pd

# Fewer rows, or rows of a class, may be told apart by chance.
LEAST_ROWS, LEAST_OF_A_CLASS = 30, 5
MOST_CLASSES = 20
ROWS_A_VALUE = 5


def leaks(
    frame: pd.DataFrame, measures: Sequence[ColumnMeasures], columns: Sequence[Column]
) -> tuple[str, ...]:
    """The names of features of which one alone, or one category in several columns, tells classes.

    Numbers do if the ranges of any two classes lie apart, categories if each has rows of one class.
    """
    label = next((column for column in columns if column.role == "label"), None)
    if label is None or len(frame) < LEAST_ROWS or len(class_names(label)) > MOST_CLASSES:
        return ()
    classes = _classes(frame, label)
    sizes = np.bincount(classes)
    if len(sizes) < 2 or sizes[sizes > 0].min() < LEAST_OF_A_CLASS:
        return ()
    found = [
        column.name
        for i, column in enumerate(columns)
        if column.role == "feature" and _tells(frame.iloc[:, i], column, classes)
    ]
    for group in one_hot_groups(measures):
        names = [columns[i].name for i in group if columns[i].role == "feature"]
        if len(names) == len(group) and _one_hot_tells(frame, group, classes):
            found += [name for name in names if name not in found]
    return tuple(found)


def _classes(frame: pd.DataFrame, label: Column) -> np.ndarray:
    names = {name: i for i, name in enumerate(class_names(label))}
    values = frame[label.name].map(value_text, na_action="ignore").astype(object)
    return np.array([names[value] for value in values.fillna(MISSING_LABEL)], dtype=np.int64)


def _tells(values: pd.Series, column: Column, classes: np.ndarray) -> bool:
    if column.missing:
        return False
    if column.type == "number":
        return _ranges_lie_apart(column_values(values).values, classes)
    return _each_of_one_class(_codes(values), classes)


def _codes(values: pd.Series) -> np.ndarray:
    import pandas as pd

    return np.asarray(pd.factorize(values)[0])


def _ranges_lie_apart(numbers: np.ndarray, classes: np.ndarray) -> bool:
    order = np.argsort(classes, kind="stable")
    first = np.flatnonzero(np.diff(classes[order], prepend=-1))
    low = np.minimum.reduceat(numbers[order], first)
    high = np.maximum.reduceat(numbers[order], first)
    rank = np.argsort(low)
    return bool((low[rank][1:] > high[rank][:-1]).all())


def _each_of_one_class(codes: np.ndarray, classes: np.ndarray) -> bool:
    """Whether a category has rows of one class, and categories come again."""
    pairs = np.unique(np.stack([codes, classes]), axis=1).shape[1]
    values = int(codes.max()) + 1
    return pairs == values <= len(codes) // ROWS_A_VALUE


def _one_hot_tells(frame: pd.DataFrame, group: Sequence[int], classes: np.ndarray) -> bool:
    ones = np.stack([np.asarray(frame.iloc[:, i].astype(float)) for i in group])
    return _each_of_one_class(ones.argmax(axis=0), classes)
