"""Rows as a user has them: a frame, an array or a list of dicts as a data set of one form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.data.dataset import Dataset, Kind, Raw, Table
from aecore.data.shards import Shards
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd


def as_raw(given: Any, kind: Kind) -> Raw | Shards:
    """A data set of rows that are a frame, an array, dicts, or a data set already.

    Args:
        kind: what arrays are taken to hold.

    Raises:
        DataError: they are something else.
    """
    import pandas as pd

    if isinstance(given, Table | Dataset | Shards):
        return given
    if isinstance(given, pd.DataFrame):
        return _table(given)
    if isinstance(given, Mapping):
        return _table(_frame_of_mapping(given))
    if isinstance(given, np.ndarray) and given.dtype.names:
        return _table(pd.DataFrame(given))
    if isinstance(given, Sequence) and given and all(isinstance(one, Mapping) for one in given):
        return _table(pd.DataFrame(list(given)))
    return Dataset(_numbers(given), None, kind)


def size_of(raw: Raw | Shards) -> int:
    """Rows of a data set."""
    if isinstance(raw, Shards):
        return raw.rows
    return len(raw.frame) if isinstance(raw, Table) else len(raw.x)


def part_of(raw: Raw, rows: slice | np.ndarray) -> Raw:
    """Some rows of a data set."""
    if isinstance(raw, Table):
        return replace(raw, frame=raw.frame.iloc[rows])
    return Dataset(
        raw.x[rows],
        None if raw.y is None else raw.y[rows],
        raw.kind,
        raw.class_names,
        raw.feature_names,
        {name: np.asarray(values)[rows] for name, values in raw.factors.items()},
    )


def _table(frame: pd.DataFrame) -> Table:
    frame = frame.rename(columns=str)
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        raise DataError(f"Two columns are named {twice[0]!r}.", "Give each a name of its own.")
    return Table(frame)


def _frame_of_mapping(given: Mapping[Any, Any]) -> pd.DataFrame:
    """Columns by name, or one row of values by name."""
    import pandas as pd

    one_row = not any(isinstance(values, _Listed) for values in given.values())
    return pd.DataFrame([dict(given)] if one_row else dict(given))


_Listed = list | tuple | np.ndarray | Iterator


def _numbers(given: Any) -> np.ndarray:
    try:
        x = np.asarray(given)
    except ValueError:
        x = np.empty(0, dtype=object)
    if x.dtype.kind in "buif" and x.ndim:
        return x
    raise DataError(
        "These rows are neither a table nor an array of numbers.",
        "Give a pandas DataFrame, a list of dicts, a NumPy array, or the path of a file.",
    )
