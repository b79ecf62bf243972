"""`Columns`: a table's columns by what they are for, and what is read of their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.column import MISSING_LABEL, Column, Role, class_names
from aecore.data.columns.values import value_text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Columns:
    """A table's columns by what they are for.

    Attributes:
        all: every column of the table.
        roles: column -> what it is for.
        numbers, categories, texts: feature columns by what becomes of them.
        label: the column of classes, if any.
        factors: further columns of numbers, to colour maps by.
    """

    all: tuple[Column, ...]
    roles: Mapping[str, Role]
    numbers: tuple[Column, ...]
    categories: tuple[Column, ...]
    texts: tuple[Column, ...]
    label: Column | None
    factors: tuple[Column, ...]

    @property
    def features(self) -> tuple[Column, ...]:
        """All that a sample is made of."""
        return (*self.numbers, *self.categories, *self.texts)


def sorted_out(columns: Sequence[Column], roles: Mapping[str, Role]) -> Columns:
    """The columns of a table by their roles."""

    def those(role: str, *types: str) -> tuple[Column, ...]:
        return tuple(c for c in columns if roles[c.name] == role and c.type in types)

    return Columns(
        all=tuple(columns),
        roles=roles,
        numbers=those("feature", "number"),
        categories=those("feature", "category", "text", "time"),
        texts=tuple(c for c in columns if roles[c.name] == "text"),
        label=next((c for c in columns if roles[c.name] == "label"), None),
        factors=those("ignore", "number"),
    )


def labels(frame: pd.DataFrame, label: Column | None) -> np.ndarray | None:
    """(rows,) class indices, or None without a label."""
    if label is None:
        return None
    return class_indices(frame[label.name], class_names(label))


def class_indices(values: pd.Series, names: Sequence[str]) -> np.ndarray:
    """(rows,) the place of each value among names of classes; -1 for a value that is none."""
    import pandas as pd

    texts = as_text(values).fillna(MISSING_LABEL)
    return np.asarray(pd.Index(names).get_indexer(pd.Index(texts)), np.int64)


def factors(frame: pd.DataFrame, columns: Columns) -> dict[str, np.ndarray]:
    """Name -> (rows,) of the further columns of numbers, but for constant ones."""
    return {
        c.name: frame[c.name].to_numpy(dtype=np.float64, na_value=np.nan)
        for c in columns.factors
        if not c.is_constant
    }


def as_text(values: pd.Series) -> pd.Series:
    """Values of any type as a check sheet names them, as objects; missing ones are NaN."""
    import pandas as pd

    if values.dtype == object:
        # True and 1 are equal, and have different names.
        return values.map(value_text, na_action="ignore").astype(object)
    codes, found = pd.factorize(values)
    texts = np.array([*(value_text(value) for value in found), np.nan], dtype=object)
    return pd.Series(texts[codes], index=values.index, dtype=object)


def complete_rows(frame: pd.DataFrame, names: Sequence[str]) -> np.ndarray:
    """(rows,) whether all of some columns have a value."""
    if not names:
        return np.ones(len(frame), bool)
    return frame[list(names)].notna().all(axis=1).to_numpy()
