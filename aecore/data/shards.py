"""Shards: a Parquet file, or a folder of them, that memory cannot hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from aecore.data.columns.frames import frame_of, refuse_infinite
from aecore.data.limits import limits, refuse_above
from aecore.data.names import shown, unique_names
from aecore.data.readers import parquet
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.data.shard_files import ShardFile, files_of, values_of
from aecore.data.stored_columns import RowGroup, Stored
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

FLOAT_BYTES, PANDAS_BYTES = 4, 8
# Looked at to tell what columns are: so many rows, of so many places, within so many bytes.
SAMPLE_ROWS, SAMPLE_PLACES, SAMPLE_BYTES = 50_000, 50, 64 * 2**20
# Rows that are looked at one after another need not all be in memory above this size.
AT_ONCE_BYTES = 32 * 2**20
FOOTER_END = 8
KEY_BYTES = 16


@dataclass(frozen=True, eq=False)
class Shards:
    """A table that is read in parts: a Parquet file, or a folder of them with the same columns.

    Attributes:
        groups: all row groups that hold rows, in the order of the files' names.
        names: columns' names on screen -> where they are stored.
        sample: rows of up to 50 places spread over the table, labelled by their numbers in it.
        footers: a hash of each file's footer, which tells sizes and ranges of all its columns.
        notes: what was guessed, left out or changed.
    """

    groups: tuple[RowGroup, ...]
    names: Mapping[str, Stored]
    sample: pd.DataFrame
    footers: tuple[bytes, ...]
    notes: tuple[ReadingNote, ...] = ()

    @property
    def rows(self) -> int:
        """Rows in all files."""
        return sum(group.rows for group in self.groups)


def is_sharded(path: Path) -> bool:
    """Whether a path is read in parts: a folder, or a Parquet file above what memory may hold.

    Raises:
        DataError: a file named as Parquet is none.
    """
    if path.is_dir():
        return True
    if not _is_file(path):
        return False
    with parquet.opened(path) as file:
        rows = file.metadata.num_rows
        return rows > limits().rows or _bytes(file) > limits().in_memory_bytes


def is_better_in_parts(path: Path) -> bool:
    """Whether a large Parquet file is of columns that are known without a look at all rows.

    Text may stand for numbers, which only all rows of it tell.

    Raises:
        DataError: a file named as Parquet is none.
    """
    if not _is_file(path):
        return False
    with parquet.opened(path) as file:
        kinds = {parquet.kind_of(field.type) for field in file.schema_arrow}
        return _bytes(file) > AT_ONCE_BYTES and kinds <= {"numbers", "true or false", "moments"}


def _is_file(path: Path) -> bool:
    return path.name.lower().endswith(parquet.SPEC.suffixes) and path.is_file()


def _bytes(file: pq.ParquetFile) -> int:
    """What the columns of a file take as float32."""
    return int(file.metadata.num_rows) * len(file.schema_arrow) * FLOAT_BYTES


def open_shards(path: Path, options: ReadingOptions = AS_FOUND) -> Shards:
    """A table whose footers and sample were read, and no more.

    Raises:
        DataError: there is no Parquet file, one is damaged or has other columns than the first,
            columns are of types that are no table's, or there are no rows.
    """
    files, notes = files_of(path)
    groups = tuple(_row_groups(files))
    if not groups:
        raise DataError(f"{shown(path.name)} has no rows.", "Check that the right file was saved.")
    names, about_names = _names(files, options)
    sample = _sample(groups, names)
    names, sample, about_numbers = _with_numbers(names, sample, options)
    footers = tuple(_footer(file) for file in files)
    return Shards(groups, names, sample, footers, (*notes, *about_names, *about_numbers))


def read(group: RowGroup, names: Mapping[str, Stored], most: int) -> Iterator[pd.DataFrame]:
    """The rows of a group, at most so many at a time, labelled by their numbers in the table.

    Args:
        names: the columns to read: names on screen -> where they are stored.

    Raises:
        DataError: the file is damaged or gone, or holds infinite numbers, overlong text, or text in
            a column of numbers.
    """
    import pandas as pd

    first = group.first
    columns = [stored.name for stored in names.values() if stored.key is None]
    with parquet.opened(group.path) as file:
        for batch in file.iter_batches(most, row_groups=[group.index], columns=columns):
            frame = _frame(batch, names, group)
            frame.index = pd.RangeIndex(first, first + len(frame))
            first += len(frame)
            yield frame


def _row_groups(files: Sequence[ShardFile]) -> Iterator[RowGroup]:
    """All row groups that hold rows; every file is checked to have the first one's columns."""
    first, schema = 0, None
    for one in files:
        with parquet.opened(one.path) as file:
            schema = schema or file.schema_arrow
            _refuse_columns(one.path, file.schema_arrow, schema, files[0].path.name)
            for index in range(file.metadata.num_row_groups):
                group = file.metadata.row_group(index)
                if group.num_rows:
                    size = group.total_byte_size
                    yield RowGroup(one.path, index, first, group.num_rows, size, one.keys)
                first += group.num_rows


def _refuse_columns(path: Path, schema: pa.Schema, wanted: pa.Schema, first: str) -> None:
    parquet.refuse_types(schema, path.name)
    refuse_above("columns", len(schema), shown(path.name), "Give fewer columns.")
    if len(set(schema.names)) < len(schema):
        raise DataError(
            f"{shown(path.name)} has two columns of one name.", "Write it with different names."
        )
    if not _are_alike(schema, wanted):
        raise DataError(
            f"{shown(path.name)} has other columns, or of other types, than {shown(first)}.",
            "Write all files of the folder with the same columns.",
        )


def _are_alike(schema: pa.Schema, wanted: pa.Schema) -> bool:
    """Whether the columns have the same names, in any order, and hold values of the same kinds."""
    kinds = {field.name: parquet.kind_of(field.type) for field in wanted}
    if {*schema.names} != {*kinds}:
        return False
    found = ((parquet.kind_of(field.type), kinds[field.name]) for field in schema)
    return all(own == other or not own or not other for own, other in found)


def _names(
    files: Sequence[ShardFile], options: ReadingOptions
) -> tuple[dict[str, Stored], list[ReadingNote]]:
    """The keys of the files' folders, where the files do not hold them, then their columns."""
    with parquet.opened(files[0].path) as file:
        schema = file.schema_arrow
        places = parquet.places_of(schema)
        notes = parquet.about_labels(schema)
    own = {name: Stored(schema.names[place], reading=options) for name, place in places.items()}
    keys = [key for key in files[0].keys if key not in schema.names]
    # Made unique after those of the files, which keep theirs.
    names = unique_names([*own, *keys])[len(own) :]
    of_folders = {
        name: Stored(key, values_of(files, key), reading=options)
        for name, key in zip(names, keys, strict=True)
    }
    return {**of_folders, **own}, notes


def _with_numbers(
    names: Mapping[str, Stored], sample: pd.DataFrame, options: ReadingOptions
) -> tuple[dict[str, Stored], pd.DataFrame, tuple[ReadingNote, ...]]:
    """The same with numbers in place of text that stands for numbers, as the sample shows it."""
    import pandas as pd
    import pyarrow as pa

    text = {
        name: pa.chunked_array([pa.array(sample[name], pa.string(), from_pandas=True)])
        for name, stored in names.items()
        if stored.key is None and isinstance(sample[name].dtype, pd.StringDtype)
    }
    found = parquet.columns_of_numbers(text, options)
    written = {n: replace(names[n], written=how) for n, how in found.written.items()}
    columns = {
        name: parquet.without_missing(column, options) for name, column in found.values.items()
    }
    read_so = frame_of(pa.table(columns)).set_axis(sample.index) if columns else pd.DataFrame()
    return {**names, **written}, sample.assign(**dict(read_so.items())), found.notes


def _sample(groups: Sequence[RowGroup], names: Mapping[str, Stored]) -> pd.DataFrame:
    """The first rows of row groups at equal distances."""
    import pandas as pd

    stored = sum(group.size for group in groups) // sum(group.rows for group in groups)
    row = max(PANDAS_BYTES * len(names), stored)
    most = max(1, min(SAMPLE_ROWS, SAMPLE_BYTES // row))
    step = -(-len(groups) // SAMPLE_PLACES)
    chosen = groups[::step]
    share = -(-most // len(chosen))
    pieces = chain.from_iterable(_first(group, names, share) for group in chosen)
    return pd.concat(list(pieces)).iloc[:most]


def _first(group: RowGroup, names: Mapping[str, Stored], rows: int) -> Iterator[pd.DataFrame]:
    left = rows
    for frame in read(group, names, rows):
        yield frame.iloc[:left]
        left -= len(frame)
        if left <= 0:
            return


def _frame(batch: pa.RecordBatch, names: Mapping[str, Stored], group: RowGroup) -> pd.DataFrame:
    import pyarrow as pa

    file = group.path.name
    text = parquet.text_bytes(batch, file)
    refuse_above("unpacked_bytes", text, f"Text in a part of {shown(file)}", "Shorten it.")
    columns = []
    for name, stored in names.items():
        column = stored.column(batch, group)
        refuse_infinite(name, column, file)
        columns.append(column)
    return frame_of(pa.Table.from_arrays(columns, names=list(names)))


def _footer(file: ShardFile) -> bytes:
    """A hash of a file's keys and its end, where Parquet keeps what it says of its columns."""
    with file.path.open("rb") as opened:
        end = opened.seek(-FOOTER_END, 2)
        length = int.from_bytes(opened.read(FOOTER_END // 2), "little")
        opened.seek(end - length)
        found = hashlib.blake2b(opened.read(length), digest_size=KEY_BYTES)
    if file.keys:
        found.update(repr(sorted(file.keys.items())).encode("utf-8", "backslashreplace"))
    return found.digest()
