"""Rows of another data set, as a run takes them, to be disturbed."""

from __future__ import annotations

from collections.abc import Callable

from aecore.data import title_of
from aecore.data.prepare.prepared_rows import joined
from aecore.data.prepare.remarks import none_usable
from aecore.errors import DataError
from aecore.evaluation.robustness.tried_rows import TriedRows
from aecore.runs.result import Result

# So many from the start, of which some are drawn.
MOST_READ = 10_000


def tried_rows(
    result: Result, source: str, should_stop: Callable[[], bool] = lambda: False
) -> TriedRows:
    """The rows of a data set of the kind that the run learned, prepared by its own preparation.

    Raises:
        DataError: none of them can be used, or it was stopped.
    """
    parts, read = [], 0
    for part in result.prepared_in_parts(source):
        if should_stop():
            raise DataError("Stopped while rows were read.", "Measure again.")
        parts.append(part)
        read += len(part.x)
        if read >= MOST_READ:
            break
    rows = joined(parts) if parts else None
    if rows is None or not len(rows.x):
        raise none_usable(() if rows is None else rows.notes)
    return TriedRows(rows.x, title_of(source), rows.labels, notes=rows.notes)
