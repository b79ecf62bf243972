"""Frames: columns of Arrow as a pandas frame, without infinite numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aecore.data.names import shown
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def frame_of(whole: pa.Table) -> pd.DataFrame:
    """Typed columns as a frame, with the types of pandas that `table` names."""
    import pyarrow as pa

    # True, false and missing side by side come from Arrow as objects of Python.
    mixed = [
        field.name
        for field, column in zip(whole.schema, whole.columns, strict=True)
        if pa.types.is_boolean(field.type) and column.null_count
    ]
    frame = whole.to_pandas()
    # Of many columns, a change of none takes longer than all else.
    return frame.astype(dict.fromkeys(mixed, "boolean")) if mixed else frame


def refuse_infinite(name: str, column: pa.ChunkedArray, file: str) -> None:
    """Refuse a column with infinite values.

    Raises:
        DataError: there is one.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_floating(column.type) and pc.any(pc.is_inf(column)).as_py():
        raise DataError(
            f'Column "{shown(name)}" of {shown(file)} holds infinite values.',
            "Replace them or drop their rows, and give the file again.",
        )
