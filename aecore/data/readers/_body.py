"""`Body`: every row of a text table below its heading, as columns of text."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.data.limits import limits
from aecore.data.names import shown
from aecore.data.readers._separators import QUOTES, Parting, Row, rows_of
from aecore.data.readers._tables import refuse_large, refuse_long_cell
from aecore.data.readers._text_files import CHUNK_BYTES, TextFile, opened
from aecore.data.stopping import go_on, in_pieces
from aecore.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.csv import InvalidRow

# A row must fit, and memory is a few times this.
BLOCK_BYTES = 2 * 2**20
# More rows of another length are no notes beside a table.
MAX_RAGGED = 1000
MAX_SHOWN = 200
ROWS_AT_ONCE = 50_000
REMEDY = "Save it again as CSV, with UTF-8 as the encoding."


@dataclass(frozen=True)
class Ragged:
    """A row with another number of values.

    Attributes:
        row: counted from 1 below the lines left out, empty ones not counted.
        text: the beginning of it.
        cells: its values.
        open_quote: whether a quote in it takes in further lines.
    """

    row: int
    text: str
    cells: int
    open_quote: bool = False


@dataclass
class Body:
    """The rows of a table.

    Attributes:
        columns: of text, equally long.
        ragged: rows with another number of values, in their order; not in the columns.
    """

    columns: list[pa.ChunkedArray]
    ragged: list[Ragged] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Of the columns."""
        return len(self.columns[0]) if self.columns else 0


def read_body(file: TextFile, how: Parting, start: int, width: int) -> Body:
    """All rows below so many lines.

    Raises:
        DataError: a line or value is too long, there is more than is accepted, or a quote is never
            closed.
    """
    if how.separator == "spaces" and how.quote != "none" and _has_quotes(file, how):
        return _by_module(file, how, start, width)
    body = _by_arrow(file, how, start)
    return _split(file, how, body, width) if how.of_lines else body


def _has_quotes(file: TextFile, how: Parting) -> bool:
    return any(QUOTES[how.quote] in line for line in file.lines)


def _by_arrow(file: TextFile, how: Parting, start: int) -> Body:
    import pyarrow as pa

    found: list[InvalidRow] = []
    try:
        batches = list(_batches(file, how, start, found))
    except pa.ArrowInvalid as error:
        raise _refusal(file, error, start) from error
    ragged = [_ragged(row, start, how) for row in found if row.text.strip()]
    return Body(list(pa.Table.from_batches(batches).columns), ragged)


def _batches(
    file: TextFile, how: Parting, start: int, ragged: list[InvalidRow]
) -> Iterator[pa.RecordBatch]:
    rows, name = 0, file.path.name
    with opened(file.path) as raw, _reader(raw, file, how, start, ragged) as batches:
        for batch in in_pieces(batches):
            rows += len(batch)
            refuse_large(rows, batch.num_columns, f"What was read of {shown(name)}")
            for place, column in enumerate(batch.columns, 1):
                refuse_long_cell(column, f"column {place}", name)
            yield batch


def _reader(raw: Any, file: TextFile, how: Parting, start: int, ragged: list[InvalidRow]) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    def keep(row: InvalidRow) -> str:
        ragged.append(row)
        return "skip" if len(ragged) <= MAX_RAGGED else "error"

    spaced = how.spaced and how.quote != "none"
    source = _WithoutSpaces(raw, file.encoding, how) if spaced else raw
    encoding = "utf-8" if spaced else file.encoding.removesuffix("-sig")
    if file.whole and not spaced and not file.lines[-1].endswith(("\n", "\r")):
        # Arrow reads no row that is the only one and has no end.
        source, encoding = io.BytesIO("".join((*file.lines, "\n")).encode()), "utf-8"
    quote = "" if how.of_lines else QUOTES[how.quote]
    widest = _most_columns(file.lines[start:], quote)
    return arrow_csv.open_csv(
        source,
        arrow_csv.ReadOptions(
            # Rows are counted only where one thread reads them.
            use_threads=False,
            block_size=BLOCK_BYTES,
            autogenerate_column_names=True,
            skip_rows=start,
            encoding=encoding,
        ),
        arrow_csv.ParseOptions(
            delimiter=how.sign,
            quote_char=quote or False,
            newlines_in_values=bool(quote),
            invalid_row_handler=keep,
        ),
        arrow_csv.ConvertOptions(
            column_types={f"f{i}": pa.string() for i in range(widest)},
            strings_can_be_null=False,
        ),
    )


def _most_columns(lines: Sequence[str], quote: str) -> int:
    """At least as many columns as Arrow finds in the first row; those beyond the limit are refused.

    Each that is named takes time, also where it is not there.
    """
    most = 0
    for line in lines:
        # A value in quotes may go on in the lines below.
        if quote and quote in line:
            break
        most = max(most, len(line) + 1)
        if line.strip():
            return min(limits().columns, most)
    return limits().columns


class _WithoutSpaces(io.RawIOBase):
    """A text as UTF-8 without the spaces between a separator and a quote, which Arrow minds."""

    def __init__(self, raw: Any, encoding: str, how: Parting) -> None:
        super().__init__()
        self._raw = raw
        self._decoder = codecs.getincrementaldecoder(encoding)()
        sign, quote = re.escape(how.sign), re.escape(QUOTES[how.quote])
        self._spaces = re.compile(rf"{sign} +(?={quote})")
        self._sign = how.sign
        self._rest, self._ready, self._ended = "", b"", False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (len(self._ready) < size or size < 0):
            chunk = self._raw.read(CHUNK_BYTES)
            text = self._rest + self._decoder.decode(chunk, final=not chunk)
            # A line that is cut may hold spaces that are cut as well.
            end = text.rfind("\n") + 1 if chunk else len(text)
            self._rest = text[end:]
            self._ready += self._spaces.sub(self._sign, text[:end]).encode()
            if not chunk:
                self._ready, self._ended = self._ready + b"\n", True
        size = len(self._ready) if size < 0 else size
        given, self._ready = self._ready[:size], self._ready[size:]
        return given


def _split(file: TextFile, how: Parting, lines: Body, width: int) -> Body:
    """Whole lines split into values, where no single character parts them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    ragged, done = [], 0
    for chunk in lines.columns[0].chunks:
        trimmed = pc.ascii_trim_whitespace(chunk)
        cells = (
            pc.ascii_split_whitespace(trimmed)
            if how.separator == "spaces"
            else pc.split_pattern(trimmed, "::")
        )
        fits = pc.equal(pc.list_value_length(cells), width)
        for i in np.flatnonzero(~fits.to_numpy(zero_copy_only=False)):
            if chunk[i].as_py().strip():
                ragged.append(
                    Ragged(done + int(i) + 1, chunk[i].as_py()[:MAX_SHOWN], len(cells[i]))
                )
        done += len(chunk)
        values = pc.list_flatten(cells.filter(fits))
        for place in range(width):
            parts[place].append(values.take(pa.array(np.arange(place, len(values), width))))
        refuse_large(done, width, f"What was read of {shown(file.path.name)}")
    return Body([pa.chunked_array(part, pa.string()) for part in parts], ragged)


def _by_module(file: TextFile, how: Parting, start: int, width: int) -> Body:
    """Values between spaces, some of them in quotes, by Python's own reader."""
    import pyarrow as pa

    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    ragged: list[Ragged] = []
    some: list[tuple[str, ...]] = []
    rows = 0

    def keep() -> None:
        refuse_large(rows, width, f"What was read of {shown(file.path.name)}")
        for place, cells in enumerate(zip(*some, strict=True)):
            parts[place].append(pa.array(cells, pa.string()))
            refuse_long_cell(parts[place][-1], f"column {place + 1}", file.path.name)
        some.clear()

    with opened(file.path) as raw:
        lines = io.TextIOWrapper(raw, file.encoding, newline="")
        for _ in range(start):
            next(lines, "")
        for row in _read_rows(lines, how):
            rows += 1
            if len(row.cells) == width:
                some.append(row.cells)
            else:
                ragged.append(Ragged(rows, " ".join(row.cells)[:MAX_SHOWN], len(row.cells)))
                if len(ragged) > MAX_RAGGED:
                    break
            if len(some) >= ROWS_AT_ONCE:
                keep()
    keep()
    return Body([pa.chunked_array(part, pa.string()) for part in parts], ragged)


def _read_rows(lines: Any, how: Parting) -> Iterator[Row]:
    while some := [line for _, line in zip(range(ROWS_AT_ONCE), lines, strict=False)]:
        go_on()
        yield from (row for row in rows_of(some, how) if row.cells)


def _ragged(row: InvalidRow, start: int, how: Parting) -> Ragged:
    quote = QUOTES[how.quote]
    is_open = bool(quote) and "\n" in row.text and row.text.count(quote) % 2 == 1
    return Ragged(row.number - start, row.text[:MAX_SHOWN], row.actual_columns, is_open)


def open_quote(path: Path, line: int) -> DataError:
    """What to say of a quote that takes in the rest of a file."""
    return DataError(
        f"Line {line:,} of {shown(path.name)} opens a quote that is never closed.",
        "Close it or remove it, or choose that quotes are letters like any other.",
    )


def _refusal(file: TextFile, error: Exception, start: int) -> DataError:
    # The first row takes in all there is, or more than is read at once.
    endless = "Empty CSV" in str(error)
    if endless and file.whole:
        return open_quote(file.path, start + 1)
    if endless or "straddling" in str(error):
        return DataError(
            f"A line of {shown(file.path.name)} is longer than {BLOCK_BYTES:,} bytes, or a quote "
            "is opened and never closed.",
            "Close the quote, or shorten the line.",
        )
    return DataError(f"{shown(file.path.name)} cannot be read as a table of text.", REMEDY)
