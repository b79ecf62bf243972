"""Arrays as columns of a table: `code` becomes `code_1`, `code_2` and so on, unless it is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def with_columns(
    beside: pd.DataFrame, arrays: Mapping[str, np.ndarray], names: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """One table: what stands beside the arrays, then a column for each of their numbers."""
    import pandas as pd

    parts = [beside]
    for name, values in arrays.items():
        flat = values.reshape(len(values), -1)
        columns = names_of(name, flat.shape[1], names)
        parts.append(pd.DataFrame(flat, columns=columns, index=beside.index))
    return pd.concat(parts, axis=1)


def names_of(name: str, numbers: int, names: Mapping[str, Sequence[str]]) -> list[str]:
    """What the columns of an array of so many numbers are called."""
    return list(names.get(name) or (f"{name}_{place + 1}" for place in range(numbers)))
