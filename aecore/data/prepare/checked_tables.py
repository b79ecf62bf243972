"""Checks of new rows of a table: by the names of its columns, then value by value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.column import EMPTY
from aecore.data.names import shown
from aecore.data.prepare.description import CategoryColumn, TableRows
from aecore.data.prepare.remarks import Remarks
from aecore.data.prepare.table_columns import as_text
from aecore.data.prepare.table_encoder import numbers_of, places_of
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

MAX_NAMED = 20
GAPS = "they have gaps, and rows with gaps were left out of training too"


def check_columns(names: Iterable[str], rows: TableRows, remarks: Remarks) -> None:
    """Refuse a table that lacks columns; further ones are told.

    Raises:
        DataError: columns that training learned from are missing.
    """
    given = dict.fromkeys(names)
    missing = [name for name in rows.learned if name not in given]
    if missing:
        raise DataError(
            f"The table has no column named {quoted(missing)}.",
            f"This run was trained on the columns {quoted(rows.learned)}: give all of them, "
            "in any order.",
        )
    known = {column.name for column in rows.columns}
    remarks.extra.update(dict.fromkeys(name for name in given if name not in known))


def usable_rows(frame: pd.DataFrame, rows: TableRows, first: int, remarks: Remarks) -> np.ndarray:
    """(rows,) whether each can be used; what is wrong with the others is told.

    Args:
        first: the number of the first row.
    """
    usable = np.ones(len(frame), bool)
    gaps: dict[str, np.ndarray] = {}
    for name in rows.numbers:
        strange, gaps[name] = _numbers(frame[name])
        if strange.any():
            value = shown(str(frame[name].iloc[int(strange.argmax())]))
            reason = f'column "{shown(name)}" holds no number there, such as "{value}"'
            remarks.leave_out(reason, first + np.flatnonzero(strange & usable))
            usable &= ~strange
    for column in rows.categories:
        gaps[column.name] = frame[column.name].isna().to_numpy(bool)
    if rows.drops_gaps:
        gapped = np.logical_or.reduce([*gaps.values(), np.zeros(len(frame), bool)])
        remarks.leave_out(GAPS, first + np.flatnonzero(gapped & usable))
        usable &= ~gapped
    else:
        # A gap that is a category of its own is not filled.
        kept = {column.name for column in rows.categories if column.fill == EMPTY}
        for name, missing in gaps.items():
            if name not in kept:
                remarks.fill(name, int((missing & usable).sum()))
    for column in rows.categories:
        _tell_unseen(frame[column.name][usable], column, remarks)
    return usable


def quoted(names: Sequence[str]) -> str:
    """Names for a sentence, as many as can be read."""
    listed = ", ".join(f'"{shown(name)}"' for name in names[:MAX_NAMED])
    return f"{listed}, …" if len(names) > MAX_NAMED else listed


def _numbers(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """(rows,) which values are no finite numbers, and which are missing."""
    numbers = numbers_of(values)
    missing = np.array(values.isna(), bool)
    strange = ~np.isfinite(numbers) & ~missing
    if strange.any() and values.dtype.kind not in "fiub":
        blank = values[strange].astype(str).str.strip().to_numpy() == ""
        missing[np.flatnonzero(strange)[blank]] = True
        strange &= ~missing
    return strange, missing


def _tell_unseen(values: pd.Series, column: CategoryColumn, remarks: Remarks) -> None:
    unseen = places_of(values, column) < 0
    if unseen.any():
        remarks.meet(column.name, tuple(as_text(values[unseen]).unique()))
