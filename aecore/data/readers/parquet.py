"""A Parquet file of numbers, text, true and false, and moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aecore.data.dataset import Table
from aecore.data.limits import refuse_above
from aecore.data.names import shown
from aecore.data.readers._content import HEAD_BYTES, reading, recognised
from aecore.data.readers._parquet_names import about_labels, places_of
from aecore.data.readers._spec import ReaderSpec
from aecore.data.readers._tables import (
    all_missing,
    refuse_empty,
    refuse_large,
    refuse_long_cell,
    table,
)
from aecore.data.readers._text_columns import without_listed
from aecore.data.readers._told_columns import without_values
from aecore.data.readers._written_numbers import (
    WrittenNumbers,
    columns_of_numbers,
    without_words,
)
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.data.stopping import in_pieces
from aecore.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

__all__ = [
    "SPEC",
    "WrittenNumbers",
    "about_labels",
    "columns_of_numbers",
    "is_text",
    "kind_of",
    "opened",
    "places_of",
    "plain",
    "read",
    "refuse_types",
    "text_bytes",
    "without_missing",
]

ROWS_AT_ONCE = 2**16
MAX_NAMED = 5
REMEDY = "Write it again, with pandas as frame.to_parquet(path)."


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Table:
    """A table from Parquet; sizes and types are checked in its footer before values are read.

    Raises:
        DataError: the file is no Parquet, holds columns of lists, records or other types that are
            no table's, a column without values or with infinite ones, or more than is accepted.
    """
    with opened(path) as file:
        _refuse_unusable(path, file)
        return _table(path, file, options)


@contextmanager
def opened(path: Path) -> Iterator[pq.ParquetFile]:
    """A Parquet file to read from; whatever goes wrong while it is open is a `DataError`.

    Raises:
        DataError: the file is no Parquet, or damaged.
    """
    import pyarrow.parquet as pq

    with reading(path, "a Parquet file", REMEDY):
        _refuse_other(path)
        with pq.ParquetFile(path, read_dictionary=_texts(path)) as file:
            yield file


def refuse_types(schema: pa.Schema, file: str) -> None:
    """Refuse columns of lists, records and other types that are no table's.

    Raises:
        DataError: there are some; they are named.
    """
    strange = [field for field in schema if not _usable(field.type)]
    if strange:
        named = ", ".join(f"{shown(f.name)} ({f.type})" for f in strange[:MAX_NAMED])
        raise DataError(
            f"{shown(file)} has columns that are neither numbers, text, true or false, nor "
            f"moments: {named}{', …' if len(strange) > MAX_NAMED else ''}.",
            "Drop them, or spread their parts over columns of their own.",
        )


def _texts(path: Path) -> list[str]:
    """Columns of text: read as a dictionary, repeated text takes its memory once."""
    import pyarrow.parquet as pq

    schema = pq.read_schema(path)
    return [field.name for field in schema if is_text(field.type)]


def kind_of(kind: pa.DataType) -> str:
    """What a type of Arrow is to a table: types of one kind may stand in one column."""
    import pyarrow as pa

    types = pa.types
    if types.is_dictionary(kind):
        return kind_of(kind.value_type)
    if types.is_null(kind):
        return ""
    if is_text(kind):
        return "text"
    if types.is_boolean(kind):
        return "true or false"
    return "moments" if types.is_temporal(kind) else "numbers"


def is_text(kind: pa.DataType) -> bool:
    """Whether a type of Arrow is one of text."""
    import pyarrow as pa

    types = pa.types
    return types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)


def _refuse_other(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"PAR1"):
        return
    what = recognised(head) or ("no Parquet file" if head else "empty")
    raise DataError(
        f"{shown(path.name)} is {what}.", "Give a Parquet file, or name the file for what it is."
    )


def _refuse_unusable(path: Path, file: pq.ParquetFile) -> None:
    groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
    rows = sum(group.num_rows for group in groups)
    # Of nested columns, the footer counts every part.
    refuse_large(rows, len(file.schema_arrow), shown(path.name))
    unpacked = sum(group.total_byte_size for group in groups)
    refuse_above("unpacked_bytes", unpacked, shown(path.name), "Give fewer rows or columns.")
    refuse_types(file.schema_arrow, path.name)


def _usable(kind: pa.DataType) -> bool:
    import pyarrow as pa

    types = pa.types
    if types.is_dictionary(kind):
        return _usable(kind.value_type)
    # Times of day are temporal too, but neither numbers nor moments.
    numbers = (types.is_integer, types.is_floating, types.is_decimal, types.is_boolean)
    others = (is_text, types.is_date, types.is_timestamp, types.is_null)
    return any(check(kind) for check in (*numbers, *others))


def _table(path: Path, file: pq.ParquetFile, options: ReadingOptions) -> Table:
    import pyarrow as pa

    batches, unpacked = [], 0
    for batch in in_pieces(file.iter_batches(ROWS_AT_ONCE)):
        unpacked += text_bytes(batch, path.name)
        refuse_above("unpacked_bytes", unpacked, f"Text in {shown(path.name)}", "Shorten it.")
        batches.append(batch)
    whole = pa.Table.from_batches(batches, file.schema_arrow)
    places = places_of(file.schema_arrow)
    columns = {name: plain(whole.column(place)) for name, place in places.items()}
    refuse_empty(list(columns.values()), path.name)
    return _typed(columns, path.name, options, about_labels(file.schema_arrow))


def _typed(
    columns: dict[str, pa.ChunkedArray],
    file: str,
    options: ReadingOptions,
    notes: Sequence[ReadingNote],
) -> Table:
    """A table without columns of nothing, where text that is numbers is read as such."""
    found = columns_of_numbers({n: c for n, c in columns.items() if is_text(c.type)}, options)
    columns = {
        name: without_missing(found.values.get(name, column), options)
        for name, column in columns.items()
    }
    empty = [name for name, column in columns.items() if all_missing(column)]
    used = {name: column for name, column in columns.items() if name not in empty}
    refuse_empty(list(used.values()), file)
    made = table(list(used), list(used.values()), file)
    return replace(made, notes=(*notes, *without_values(empty, ""), *found.notes))


def without_missing(column: pa.ChunkedArray, options: ReadingOptions) -> pa.ChunkedArray:
    """A column without the words, or the numbers, that the user calls missing."""
    if is_text(column.type):
        return without_words(column, options.missing_words)
    return without_listed(column, options.missing_numbers)


def text_bytes(batch: pa.RecordBatch, file: str) -> int:
    """What the text of a batch takes when it is written out row by row.

    Raises:
        DataError: one cell is above the limit.
    """
    columns = zip(batch.schema.names, batch.columns, strict=True)
    return sum(_text_bytes(name, column, file) for name, column in columns)


def _text_bytes(name: str, column: pa.Array, file: str) -> int:
    """What the text of a column takes when it is written out row by row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pa.types.is_dictionary(column.type) and is_text(column.type.value_type)):
        return 0
    refuse_long_cell(column.dictionary, f'column "{shown(name)}"', file)
    lengths = pc.take(pc.binary_length(column.dictionary), column.indices)
    return int(pc.sum(pc.cast(lengths, pa.int64())).as_py() or 0)


def plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as numbers, text, bool or timestamp, with its text checked to be text."""
    import pyarrow as pa

    column.validate(full=True)
    kind = column.type
    if pa.types.is_dictionary(kind):
        return plain(column.cast(kind.value_type))
    if pa.types.is_decimal(kind) or pa.types.is_float16(kind):
        return column.cast(pa.float64())
    if pa.types.is_date(kind):
        return column.cast(pa.timestamp("ms"))
    return column


SPEC = ReaderSpec(
    name="parquet",
    title="Parquet",
    summary="A table with a type a column: numbers, text, true and false, dates and times.",
    suffixes=(".parquet", ".pq"),
    read=read,
    tables=True,
    options=("decimal", "text_columns", "missing_words", "missing_numbers"),
    order=30,
)
