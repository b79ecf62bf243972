"""Formula cells: text that a spreadsheet would take for a formula, made plain text.

A spreadsheet runs what a cell of a CSV file begins with `=`, `+`, `-` or `@`, and names of columns
and classes come from strangers. An apostrophe before it makes it text. Numbers stay numbers.
Source: OWASP, CSV Injection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# Also in their full-width forms, which some spreadsheets read alike.
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; what is no text stays as it is."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(BEGINNINGS):
        return f"'{cell}"
    return cell


def neutral_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """A table whose texts and names of columns are neutral; columns of numbers are not touched."""
    from pandas.api import types

    out = frame.rename(columns=neutral)
    for place, kind in enumerate(out.dtypes):
        if not (types.is_numeric_dtype(kind) or types.is_datetime64_any_dtype(kind)):
            # By place: two names may have become one.
            out.isetitem(place, out.iloc[:, place].map(neutral))
    return out
