"""Labels of new rows, as the class indices that training gave them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from aecore.data.dataset import Dataset, Raw, Table
from aecore.data.prepare.checked_tables import quoted
from aecore.data.prepare.description import Description, TableRows
from aecore.data.prepare.remarks import Remarks
from aecore.data.prepare.table_columns import class_indices
from aecore.errors import DataError
from aecore.wording import counted

NO_CLASS = "their class is none that the model was trained with"


def label_indices(
    raw: Raw, given: Sequence[Any] | np.ndarray | None, description: Description
) -> np.ndarray | None:
    """(rows,) class indices, -1 for a class that training did not have; None without labels.

    Args:
        given: a class a row, by name or by index; in its place a table's label column, or the
            labels that came with arrays.

    Raises:
        DataError: there are more or fewer labels than rows.
    """
    import pandas as pd

    names = description.class_names
    if given is not None:
        rows = len(raw.frame) if isinstance(raw, Table) else len(raw.x)
        if len(given) != rows:
            raise DataError(
                f"For {counted(rows, 'row')} there came {counted(len(given), 'label')}.",
                "Give one for each row.",
            )
        return _by_name_or_index(pd.Series(list(given), dtype=None), names)
    if isinstance(raw, Dataset):
        if raw.y is None or not names:
            return None
        own = np.array([*raw.class_names, ""], dtype=object)
        return class_indices(pd.Series(own[raw.y]), names) if raw.class_names else raw.y
    label = description.rows.label if isinstance(description.rows, TableRows) else None
    if label is None or label not in raw.frame.columns:
        return None
    return class_indices(raw.frame[label], names)


def labelled(
    labels: np.ndarray | None, rows: np.ndarray, description: Description, remarks: Remarks
) -> np.ndarray:
    """(rows,) whether each has a class; for a model that is conditional on it.

    Args:
        rows: (rows,) their numbers.

    Raises:
        DataError: no classes were given.
    """
    if labels is None:
        label = description.rows.label if isinstance(description.rows, TableRows) else None
        column = f'Give the column "{label}", or a class' if label else "Give a class"
        raise DataError(
            "This model is conditional on the class of a sample, and no classes were given.",
            f"{column} for each row with labels=…; the classes are "
            f"{quoted(description.class_names)}.",
        )
    known = labels >= 0
    remarks.leave_out(NO_CLASS, rows[~known])
    return known


def _by_name_or_index(given: Any, names: Sequence[str]) -> np.ndarray:
    """Classes by their names; whole numbers that are no names count the classes from 0."""
    found = class_indices(given, names)
    if (found >= 0).all() or given.dtype.kind not in "iu":
        return found
    indices = given.to_numpy(np.int64)
    return np.where((indices >= 0) & (indices < len(names)), indices, -1)
