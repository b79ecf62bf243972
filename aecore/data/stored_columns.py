"""`Stored`: where a column of a table that is read in parts lies, and how its values are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aecore.data.readers import parquet
from aecore.data.reading_options import AS_FOUND, ReadingOptions

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class RowGroup:
    """Rows of a file that are stored together.

    Attributes:
        index: of the group in its file.
        first: the number of its first row in the table.
        size: bytes of its columns before compression.
        keys: name -> value of the folders of its file.
    """

    path: Path
    index: int
    first: int
    rows: int
    size: int
    keys: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Stored:
    """Where the values of a column are, and how they are read.

    Attributes:
        name: in the files, or of a key of their folders.
        key: value of the key -> what it stands for; None for a column of the files.
        written: how numbers are written that are stored as text; None for all else.
        reading: words and numbers that count as missing.
    """

    name: str
    key: Mapping[str, int | str] | None = None
    written: parquet.WrittenNumbers | None = None
    reading: ReadingOptions = AS_FOUND

    def column(self, batch: pa.RecordBatch, group: RowGroup) -> pa.ChunkedArray:
        """Its values in rows of a group.

        Raises:
            DataError: a cell of a column of numbers is none.
        """
        import pyarrow as pa

        if self.key is not None:
            kind = pa.int64() if all(isinstance(v, int) for v in self.key.values()) else pa.string()
            text = group.keys[self.name]
            value = None if text is None else self.key[text]
            return pa.chunked_array([pa.repeat(pa.scalar(value, kind), batch.num_rows)])
        column = parquet.plain(pa.chunked_array([batch.column(self.name)]))
        if self.written is not None and parquet.is_text(column.type):
            column = self.written.read(column, self.name, group.path.name)
        return parquet.without_missing(column, self.reading)
