"""Arrays as columns of a table: `code` becomes `code_1`, `code_2` and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def with_columns(beside: pd.DataFrame, arrays: dict[str, np.ndarray]) -> pd.DataFrame:
    """One table: what stands beside the arrays, then a column for each of their numbers."""
    import pandas as pd

    parts = [beside]
    for name, values in arrays.items():
        flat = values.reshape(len(values), -1)
        names = [f"{name}_{place + 1}" for place in range(flat.shape[1])]
        parts.append(pd.DataFrame(flat, columns=names, index=beside.index))
    return pd.concat(parts, axis=1)
