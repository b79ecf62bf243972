"""The table of scored rows for download: score, p-value, flag, the features that say most."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.data.formula_cells import neutral_frame

if TYPE_CHECKING:
    import pandas as pd

FEATURES = 3


def scored_table(
    rows: np.ndarray,
    scores: np.ndarray,
    p: np.ndarray | None,
    flags: np.ndarray,
    *,
    words: Mapping[int, Sequence[str]] | None = None,
    beside: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """Columns `row`, `score`, `p_value`, `flag`, in the order of the rows given.

    Args:
        rows: (n,) row numbers.
        scores: (n,), higher is odder.
        p: (n,) p-values; None without rows to calibrate with, which leaves the cells empty.
        flags: (n,) whether a row raises an alarm.
        words: position -> what `where.Oddity` says in words, the most telling first, of which the
            first three become the columns `feature_1` to `feature_3`; empty for rows without any.
        beside: further columns by name, (n,) each, such as labels, behind the others.
    """
    import pandas as pd

    columns: dict[str, Any] = {
        "row": rows,
        "score": scores,
        "p_value": np.full(len(rows), np.nan) if p is None else p,
        "flag": np.asarray(flags, dtype=bool),
    }
    if words is not None:
        for place in range(FEATURES):
            columns[f"feature_{place + 1}"] = [
                _at(words.get(position, ()), place) for position in range(len(rows))
            ]
    # Names of strangers must not take the place of ours.
    taken = {name: name for name in columns}
    for name, values in (beside or {}).items():
        columns[_free(name, taken)] = values
    return pd.DataFrame(columns)


def as_csv(table: pd.DataFrame) -> bytes:
    """As CSV, UTF-8: flags as 1 and 0, cells that a spreadsheet would run made plain text."""
    plain = neutral_frame(table)
    plain["flag"] = plain["flag"].astype(int)
    return plain.to_csv(index=False, lineterminator="\n").encode("utf-8")


def as_parquet(table: pd.DataFrame) -> bytes:
    """As Parquet, with all digits; text is text there, so that nothing is changed."""
    file = io.BytesIO()
    table.to_parquet(file, index=False)
    return file.getvalue()


def _at(words: Sequence[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _free(name: str, taken: dict[str, str]) -> str:
    found = name
    while found in taken:
        found = f"{found} (data)"
    taken[found] = name
    return found
