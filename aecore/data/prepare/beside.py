"""What stands beside the values of new rows: columns that are not learned, and classes by name."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.dataset import Raw, Table
from aecore.data.prepare.description import Description, TableRows
from aecore.data.prepare.table_columns import as_text

if TYPE_CHECKING:
    import pandas as pd

LABEL = "label"


def columns_beside(raw: Raw, description: Description) -> pd.DataFrame:
    """(rows, columns) such as ids, labels, times and targets; texts where they are no numbers.

    Of a table, all columns that a sample is not made of; of arrays, `label` and the factors.
    """
    import pandas as pd

    if isinstance(raw, Table):
        return _plain(raw.frame, _learned(description))
    found: dict[str, object] = {}
    if raw.y is not None:
        names = np.array([*raw.class_names, ""], dtype=object)
        found[LABEL] = pd.array(names[raw.y], "str") if raw.class_names else raw.y
    return pd.DataFrame(found | dict(raw.factors), index=pd.RangeIndex(len(raw.x)))


def _learned(description: Description) -> Collection[str]:
    rows = description.rows
    return set(rows.learned if isinstance(rows, TableRows) else description.feature_names)


def _plain(frame: pd.DataFrame, learned: Collection[str]) -> pd.DataFrame:
    import pandas as pd
    from pandas.api import types

    columns: dict[str, object] = {}
    for name in frame.columns:
        if name in learned:
            continue
        values = frame[name]
        plain = types.is_numeric_dtype(values.dtype) or types.is_datetime64_any_dtype(values.dtype)
        columns[name] = values if plain else as_text(values).astype("str")
    return pd.DataFrame(columns, index=frame.index)
