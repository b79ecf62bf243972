"""Tables of files: columns with names and types, within limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aecore.data.columns.frames import frame_of, refuse_infinite
from aecore.data.dataset import Table
from aecore.data.limits import refuse_above
from aecore.data.names import shown
from aecore.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

BYTES_A_CELL = 8


def table(
    names: Sequence[str], columns: Sequence[pa.ChunkedArray], file: str, hint: str = ""
) -> Table:
    """A table of typed columns: numbers, bool, text or moments; null and NaN are missing.

    Numbers and moments come as NumPy types, where missing values make float64 of whole numbers;
    true and false come as bool, or as nullable boolean where some are missing; text comes as
    pandas' text.

    Args:
        names: unique, one a column.
        file: its name.
        hint: a sentence on what else to try where values are missing.

    Raises:
        DataError: there are no rows or columns, a column has no values, or one has infinite ones.
    """
    import pyarrow as pa

    refuse_empty(columns, file, hint)
    refuse_large(len(columns[0]), len(columns), shown(file))
    for name, column in zip(names, columns, strict=True):
        _refuse_unusable(name, column, file, hint)
    return Table(frame_of(pa.Table.from_arrays(list(columns), names=list(names))))


def refuse_large(rows: int, columns: int, what: str) -> None:
    """Refuse tables beyond the limits; `what` is the subject of the sentence.

    Raises:
        DataError: there are too many rows, columns, or cells for the memory allowed to an array.
    """
    refuse_above("rows", rows, what, "Give fewer rows, such as a random part of them.")
    refuse_above("columns", columns, what, "Give fewer columns, or turn rows and columns around.")
    refuse_above(
        "unpacked_bytes", rows * columns * BYTES_A_CELL, what, "Give fewer rows or columns."
    )


def refuse_long_cell(column: pa.Array, name: str, file: str) -> None:
    """Refuse a column of text with a cell beyond the limit.

    Args:
        name: of the column, such as "column 2".

    Raises:
        DataError: a cell is too long.
    """
    import pyarrow.compute as pc

    refuse_above(
        "text_bytes",
        pc.max(pc.binary_length(column)).as_py() or 0,
        f"A cell in {name} of {shown(file)}",
        "Shorten such cells, or check that no quote is left open before them.",
    )


def all_missing(column: pa.ChunkedArray) -> bool:
    """Whether a column holds no value."""
    import pyarrow.compute as pc

    return bool(pc.all(pc.is_null(column, nan_is_null=True), min_count=0).as_py())


def no_rows(columns: int, file: str, hint: str = "") -> DataError:
    """What to say of a table that has names of so many columns, and nothing else."""
    return DataError(
        f"{shown(file)} has no rows, only names of columns ({columns:,}).",
        f"Add the rows and give the file again. {hint}".strip(),
    )


def refuse_empty(columns: Sequence[pa.ChunkedArray], file: str, hint: str = "") -> None:
    """Refuse a table without rows, or without values.

    Args:
        file: its name.
        hint: a sentence on what else to try.

    Raises:
        DataError: it has none.
    """
    if columns and not len(columns[0]):
        raise no_rows(len(columns), file, hint)
    if all(all_missing(column) for column in columns):
        raise DataError(
            f"{shown(file)} holds no values: every cell is empty or marked as missing.",
            f"Check that the right file was saved. {hint}".strip(),
        )


def _refuse_unusable(name: str, column: pa.ChunkedArray, file: str, hint: str) -> None:
    if all_missing(column):
        raise DataError(
            f'Column "{shown(name)}" of {shown(file)} holds no values.',
            f"Delete the column or fill it, and give the file again. {hint}".strip(),
        )
    refuse_infinite(name, column, file)
