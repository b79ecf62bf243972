"""Tables of files: columns with names and types, within limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aecore.data.columns.frames import frame_of, refuse_infinite
from aecore.data.dataset import Table
from aecore.data.limits import refuse_above
from aecore.data.names import shown, unique_names
from aecore.data.readers._text_columns import typed
from aecore.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_TO_COMPARE = 100
BYTES_A_CELL = 8
# Fewer numbers may count up by chance.
LEAST_COUNTED = 3


def table_of_text(
    columns: Sequence[pa.ChunkedArray], file: str, *, decimal_comma: bool = False, hint: str = ""
) -> Table:
    """A table from columns of text, the first row of which may be a heading.

    A first row is a heading if it is text above values of another kind, if it is text alone, or
    if its numbers count up by ones and those below do not. Without one, columns are named
    "column 1" and so on. Columns with neither a name nor a value are dropped.

    Args:
        columns: equally long, of text or null, at least one row.
        file: its name.
        decimal_comma: whether 1,5 may mean one and a half.
        hint: a sentence on what else to try where values are missing.

    Raises:
        DataError: there is a heading alone, or as `table`.
    """
    first = [column[0].as_py() for column in columns]
    names = [""] * len(columns)
    if _is_heading(first, [column.slice(1, ROWS_TO_COMPARE) for column in columns]):
        names = [cell or "" for cell in first]
        columns = [column.slice(1) for column in columns]
    names = [name.strip() for name in names]
    found = typed(columns, decimal_comma)
    kept = [i for i, name in enumerate(names) if name or not _all_missing(found[i])]
    unique = unique_names(names)
    return table([unique[i] for i in kept], [found[i] for i in kept], file, hint)


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

    _refuse_empty(columns, file, hint)
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


def _is_heading(first: Sequence[str | None], below: Sequence[pa.ChunkedArray]) -> bool:
    import pyarrow as pa

    kinds = [_kind(pa.chunked_array([[cell]], pa.string())) for cell in first]
    under = [_kind(column) for column in below]
    if any(top == "text" and rest == "value" for top, rest in zip(kinds, under, strict=True)):
        return True
    if "value" not in kinds:
        return "text" in kinds
    numbers = [cell for cell, kind in zip(first, kinds, strict=True) if kind == "value"]
    second = [
        column[0].as_py()
        for column, kind in zip(below, kinds, strict=True)
        if kind == "value" and len(column)
    ]
    return _counts_up(numbers) and not _counts_up(second)


def _kind(column: pa.ChunkedArray) -> str:
    """Whether a column of text holds text, values of another kind, or nothing."""
    import pyarrow as pa

    found = typed([column], decimal_comma=True)[0]
    if _all_missing(found):
        return "missing"
    return "text" if pa.types.is_string(found.type) else "value"


def _counts_up(cells: Sequence[str | None]) -> bool:
    """0, 1, 2 or 1990, 1991, 1992: names given by counting."""
    if len(cells) < LEAST_COUNTED or not all(cell and cell.isdecimal() for cell in cells):
        return False
    numbers = [int(cell or 0) for cell in cells]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _all_missing(column: pa.ChunkedArray) -> bool:
    import pyarrow.compute as pc

    return bool(pc.all(pc.is_null(column, nan_is_null=True), min_count=0).as_py())


def _refuse_empty(columns: Sequence[pa.ChunkedArray], file: str, hint: str) -> None:
    if columns and not len(columns[0]):
        raise DataError(
            f"{shown(file)} has no rows, only names of columns ({len(columns):,}).",
            f"Add the rows and give the file again. {hint}".strip(),
        )
    if all(_all_missing(column) for column in columns):
        raise DataError(
            f"{shown(file)} holds no values: every cell is empty or marked as missing.",
            f"Check that the right file was saved. {hint}".strip(),
        )


def _refuse_unusable(name: str, column: pa.ChunkedArray, file: str, hint: str) -> None:
    if _all_missing(column):
        raise DataError(
            f'Column "{shown(name)}" of {shown(file)} holds no values.',
            f"Delete the column or fill it, and give the file again. {hint}".strip(),
        )
    refuse_infinite(name, column, file)
