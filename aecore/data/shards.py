"""Shards: a Parquet file, or a folder of them, that memory cannot hold."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from aecore.data.columns.frames import frame_of, refuse_infinite
from aecore.data.folders import files_below
from aecore.data.limits import limits, refuse_above
from aecore.data.names import shown
from aecore.data.readers import parquet
from aecore.data.reading_notes import ReadingNote
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FLOAT_BYTES, PANDAS_BYTES = 4, 8
# Looked at to tell what columns are: so many rows, of so many places, within so many bytes.
SAMPLE_ROWS, SAMPLE_PLACES, SAMPLE_BYTES = 50_000, 50, 64 * 2**20
FOOTER_END = 8
KEY_BYTES = 16


@dataclass(frozen=True)
class RowGroup:
    """Rows of a file that are stored together.

    Attributes:
        index: of the group in its file.
        first: the number of its first row in the table.
        size: bytes of its columns before compression.
    """

    path: Path
    index: int
    first: int
    rows: int
    size: int


@dataclass(frozen=True, eq=False)
class Shards:
    """A table that is read in parts: a Parquet file, or a folder of them with the same columns.

    Attributes:
        groups: all row groups that hold rows, in the order of the files' names.
        names: columns' names on screen -> names in the files.
        sample: rows of up to 50 places spread over the table, labelled by their numbers in it.
        footers: a hash of each file's footer, which tells sizes and ranges of all its columns.
        notes: what was guessed, left out or changed.
    """

    groups: tuple[RowGroup, ...]
    names: Mapping[str, str]
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
    if not path.name.lower().endswith(parquet.SPEC.suffixes) or not path.is_file():
        return False
    with parquet.opened(path) as file:
        rows, columns = file.metadata.num_rows, len(file.schema_arrow)
    column_values = rows * columns * FLOAT_BYTES
    return rows > limits().rows or column_values > limits().in_memory_bytes


def holds_shards(folder: Path) -> bool:
    """Whether Parquet files lie in a folder, or in folders named as a key and its value."""
    try:
        names = [path.name.lower() for path in folder.iterdir()]
    except OSError:
        return False
    return any(name.endswith(parquet.SPEC.suffixes) or "=" in name for name in names)


def open_shards(path: Path) -> Shards:
    """A table whose footers and sample were read, and no more.

    Raises:
        DataError: there is no Parquet file, one is damaged or has other columns than the first,
            columns are of types that are no table's, or there are no rows.
    """
    files = _files(path)
    refuse_above("files", len(files), shown(path.name), "Write fewer, larger files.")
    groups = tuple(_row_groups(files))
    if not groups:
        raise DataError(f"{shown(path.name)} has no rows.", "Check that the right file was saved.")
    names = _names(files[0])
    sample = _sample(groups, names)
    return Shards(groups, names, sample, tuple(_footer(file) for file in files))


def changed(path: Path) -> int:
    """Another number once a file, or one in a folder, has changed; 0 where there is nothing.

    Raises:
        DataError: the path cannot be looked up: it is too long, or another's.
    """
    try:
        if path.is_dir():
            return path.stat().st_mtime_ns + sum(map(_edition, files_below(path)))
        return path.stat().st_mtime_ns if path.exists() else 0
    except OSError as error:
        raise DataError(
            f"{shown(str(path))} cannot be looked up ({error.strerror}).", "Check the path."
        ) from None


def _edition(file: Path) -> int:
    """Another number for a file of another name, time or size."""
    about = file.stat()
    return about.st_mtime_ns + about.st_size + zlib.crc32(os.fsencode(file))


def read(group: RowGroup, names: Mapping[str, str], most: int) -> Iterator[pd.DataFrame]:
    """The rows of a group, at most so many at a time, labelled by their numbers in the table.

    Args:
        names: the columns to read: names on screen -> names in the file.

    Raises:
        DataError: the file is damaged or gone, or holds infinite numbers or overlong text.
    """
    import pandas as pd

    first = group.first
    with parquet.opened(group.path) as file:
        for batch in file.iter_batches(
            most, row_groups=[group.index], columns=list(names.values())
        ):
            frame = _frame(batch, names, group.path.name)
            frame.index = pd.RangeIndex(first, first + len(frame))
            first += len(frame)
            yield frame


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    suffixes = parquet.SPEC.suffixes
    files = sorted(file for file in path.iterdir() if file.name.lower().endswith(suffixes))
    if not files:
        raise DataError(
            f"The folder {shown(path.name or str(path))} holds no Parquet file, and no pictures.",
            "Give a folder of Parquet files with the same columns, one of pictures, or the path "
            "of a file.",
        )
    return files


def _row_groups(files: Sequence[Path]) -> Iterator[RowGroup]:
    """All row groups that hold rows; every file is checked to have the first one's columns."""
    first, schema = 0, None
    for path in files:
        with parquet.opened(path) as file:
            schema = schema or file.schema_arrow
            _refuse_columns(path, file.schema_arrow, schema, files[0].name)
            for index in range(file.metadata.num_row_groups):
                group = file.metadata.row_group(index)
                if group.num_rows:
                    yield RowGroup(path, index, first, group.num_rows, group.total_byte_size)
                first += group.num_rows


def _refuse_columns(path: Path, schema: pa.Schema, wanted: pa.Schema, first: str) -> None:
    parquet.refuse_types(schema, path.name)
    refuse_above("columns", len(schema), shown(path.name), "Give fewer columns.")
    if len(set(schema.names)) < len(schema):
        raise DataError(
            f"{shown(path.name)} has two columns of one name.", "Write it with different names."
        )
    if not schema.equals(wanted, check_metadata=False):
        raise DataError(
            f"{shown(path.name)} has other columns, or of other types, than {shown(first)}.",
            "Write all files of the folder with the same columns.",
        )


def _names(path: Path) -> dict[str, str]:
    with parquet.opened(path) as file:
        return parquet.names_of(file.schema_arrow)


def _sample(groups: Sequence[RowGroup], names: Mapping[str, str]) -> pd.DataFrame:
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


def _first(group: RowGroup, names: Mapping[str, str], rows: int) -> Iterator[pd.DataFrame]:
    left = rows
    for frame in read(group, names, rows):
        yield frame.iloc[:left]
        left -= len(frame)
        if left <= 0:
            return


def _frame(batch: pa.RecordBatch, names: Mapping[str, str], file: str) -> pd.DataFrame:
    import pyarrow as pa

    text = parquet.text_bytes(batch, file)
    refuse_above("unpacked_bytes", text, f"Text in a part of {shown(file)}", "Shorten it.")
    columns = []
    for name, stored in names.items():
        column = parquet.plain(pa.chunked_array([batch.column(stored)]))
        refuse_infinite(name, column, file)
        columns.append(column)
    return frame_of(pa.Table.from_arrays(columns, names=list(names)))


def _footer(path: Path) -> bytes:
    """A hash of the end of a file, where Parquet keeps what it says of its columns."""
    with path.open("rb") as file:
        end = file.seek(-FOOTER_END, 2)
        length = int.from_bytes(file.read(FOOTER_END // 2), "little")
        file.seek(end - length)
        return hashlib.blake2b(file.read(length), digest_size=KEY_BYTES).digest()
