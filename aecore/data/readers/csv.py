"""A table of text: values between commas, semicolons, tabs or bars, packed by gzip or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.data.dataset import Table
from aecore.data.limits import limits
from aecore.data.names import shown
from aecore.data.readers._content import reading
from aecore.data.readers._dialect import (
    Dialect,
    dialect,
    ends_in_quote,
    line_of_row,
    notes_of,
    opened,
)
from aecore.data.readers._spec import ReaderSpec
from aecore.data.readers._tables import refuse_large, refuse_long_cell, table_of_text
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.csv import InvalidRow

# A row must fit, and memory is a few times this.
BLOCK_BYTES = 2 * 2**20
MAX_SHOWN = 60
REMEDY = "Save it again as CSV, with UTF-8 as the encoding."


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Table:
    """A table from text; its delimiter, encoding and heading are found.

    Where the delimiter is the semicolon, 1,5 may mean one and a half.

    Raises:
        DataError: the file is no text, has rows of different lengths, a column without values or
            with infinite ones, no rows, or more than the limits allow.
    """
    with reading(path, "a table of text", REMEDY):
        found = dialect(path, options)
        refuse_large(1, found.columns, shown(path.name))
        columns = _columns(path, found)
        notes = notes_of(found)
        return table_of_text(columns, path.name, options, notes, commas=found.delimiter == ";")


def _columns(path: Path, found: Dialect) -> list[pa.ChunkedArray]:
    """Every value as text, the heading's among them."""
    import pyarrow as pa

    ragged: list[InvalidRow] = []
    try:
        batches = list(_batches(path, found, ragged))
    except pa.ArrowInvalid as error:
        raise _refusal(path, found, ragged, error) from error
    whole = pa.Table.from_batches(batches)
    _refuse_open_quote(path, found, whole)
    return list(whole.columns)


def _batches(path: Path, found: Dialect, ragged: list[InvalidRow]) -> Iterator[pa.RecordBatch]:
    # The first may be a heading.
    rows = -1
    with opened(path) as file, _reader(file, found, ragged) as batches:
        for batch in batches:
            rows += len(batch)
            refuse_large(rows, batch.num_columns, f"What was read of {shown(path.name)}")
            for place, column in enumerate(batch.columns, 1):
                refuse_long_cell(column, f"column {place}", path.name)
            yield batch


def _reader(file: Any, found: Dialect, ragged: list[InvalidRow]) -> Any:
    import pyarrow as pa
    from pyarrow import csv

    def keep(row: InvalidRow) -> str:
        ragged.append(row)
        return "error"

    return csv.open_csv(
        file,
        csv.ReadOptions(
            # Rows are counted only where one thread reads them.
            use_threads=False,
            block_size=BLOCK_BYTES,
            autogenerate_column_names=True,
            encoding=found.encoding.removesuffix("-sig"),
        ),
        csv.ParseOptions(
            delimiter=found.delimiter, newlines_in_values=True, invalid_row_handler=keep
        ),
        # Columns beyond these are refused.
        csv.ConvertOptions(
            column_types={f"f{i}": pa.string() for i in range(limits().columns)},
            strings_can_be_null=False,
        ),
    )


def _refusal(path: Path, found: Dialect, ragged: list[InvalidRow], error: Exception) -> DataError:
    if ragged:
        return _ragged(path, found, ragged[0])
    if "straddling" in str(error):
        return DataError(
            f"A line of {shown(path.name)} is longer than {BLOCK_BYTES:,} bytes, or a quote is "
            "opened and never closed.",
            "Close the quote, or shorten the line.",
        )
    return DataError(f"{shown(path.name)} cannot be read as a table of text.", REMEDY)


def _ragged(path: Path, found: Dialect, row: InvalidRow) -> DataError:
    line = line_of_row(path, found, row.number)
    if "\n" in row.text and row.text.count('"') % 2:
        return _open_quote(path, line)
    start = shown(row.text[:MAX_SHOWN])
    values = "value" if row.actual_columns == 1 else "values"
    return DataError(
        f"Line {line:,} of {shown(path.name)} has {row.actual_columns:,} {values}, "
        f"where the first line has {row.expected_columns:,}: {start}",
        "Give every line as many values, put values that hold the delimiter in double quotes, and "
        "remove lines above the heading.",
    )


def _refuse_open_quote(path: Path, found: Dialect, whole: pa.Table) -> None:
    """A quote left open takes the rest of the file into one value, which may go unnoticed."""
    last = whole.column(whole.num_columns - 1)[-1].as_py()
    if "\n" in last and not ends_in_quote(path):
        raise _open_quote(path, line_of_row(path, found, whole.num_rows))


def _open_quote(path: Path, line: int) -> DataError:
    return DataError(
        f"Line {line:,} of {shown(path.name)} opens a quote that is never closed.",
        "Close it or remove it, and give the file again.",
    )


SPEC = ReaderSpec(
    name="csv",
    title="Table of text (CSV)",
    summary="One row a line, with values between commas, semicolons, tabs or bars; the first "
    "line may name the columns.",
    suffixes=(".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz"),
    read=read,
    tables=True,
    options=(
        *("separator", "decimal", "heading_rows", "missing_words", "missing_numbers"),
        "encoding",
    ),
    order=10,
)
