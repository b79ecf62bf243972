"""Dialects: how a text table is written, in which encoding, with which delimiter."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from aecore.data.limits import refuse_above
from aecore.data.names import shown
from aecore.data.readers._content import recognised, refuse_bomb
from aecore.errors import DataError

CHUNK_BYTES = 2**20
END_BYTES = 64
GZIP = b"\x1f\x8b"
MAX_RATIO = 200
HARMLESS_BYTES = 64 * 2**20
# UTF-32 first: its mark begins with that of UTF-16.
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Windows-1252 leaves five bytes without meaning, Latin-1 none.
GUESSES = ("utf-8", "cp1252", "latin-1")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
# Where two fit equally well, the rarer one inside values comes first.
DELIMITERS = "\t;|,"
# Stands in no text, so that all of a line is one value.
NO_DELIMITER = "\x1f"
ROWS_TO_COMPARE = 100
# A first line that is text need not be a heading if the lines below agree on more values.
LEAST_AGREED = 3


Unpacked = io.BufferedReader | gzip.GzipFile


@dataclass(frozen=True)
class Dialect:
    """How to read a text table.

    Attributes:
        encoding: as Python names it.
        delimiter: one character between values.
        columns: values in the first row.
    """

    encoding: str
    delimiter: str
    columns: int


@contextmanager
def opened(path: Path) -> Iterator[Unpacked]:
    """The bytes of a text, unpacked where it is packed by gzip, whatever it is named."""
    with path.open("rb") as raw:
        yield _unpacked(raw)


def dialect(path: Path) -> Dialect:
    """How a text table is written, from all of its bytes for the encoding and else its first.

    Raises:
        DataError: the file is empty, no text, a first line without end, or more than is accepted.
    """
    with opened(path) as file:
        head = file.read(CHUNK_BYTES)
    _refuse_other(path, head)
    encoding = _encoding(path, head)
    sample = codecs.getincrementaldecoder(encoding)().decode(head)
    cut = len(head) == CHUNK_BYTES
    if not cut and not sample.strip():
        raise DataError(f"{shown(path.name)} is empty.", "Check that it was saved.")
    if CONTROLS.search(sample):
        raise _no_text(path)
    lines = list(io.StringIO(sample, newline=""))
    if cut:
        lines.pop()
    if not lines:
        raise DataError(
            f"The first line of {shown(path.name)} is longer than {CHUNK_BYTES:,} bytes.",
            "Check that rows of the table stand on lines of their own.",
        )
    delimiter, columns = _delimiter(lines)
    return Dialect(encoding, delimiter, columns)


def line_of_row(path: Path, found: Dialect, row: int) -> int:
    """On which line, counted from 1, a row begins; rows count from 1 and leave out empty lines."""
    with opened(path) as file:
        lines = io.TextIOWrapper(file, found.encoding, newline="")
        reader = csv.reader(lines, delimiter=found.delimiter)
        for _ in islice(filter(None, reader), row - 1):
            pass
        return reader.line_num + 1 + _empty_lines(lines)


def ends_in_quote(path: Path) -> bool:
    """Whether the last character that is no end of a line is a double quote."""
    end = b""
    with opened(path) as file:
        while chunk := file.read(CHUNK_BYTES):
            end = (end + chunk)[-END_BYTES:]
    # The zeros are those of UTF-16.
    return end.rstrip(b"\r\n\0").endswith(b'"')


def _empty_lines(lines: Iterator[str]) -> int:
    return next((place for place, line in enumerate(lines) if line.strip("\r\n")), 0)


def _unpacked(raw: io.BufferedReader) -> Unpacked:
    packed = raw.read(len(GZIP)) == GZIP
    raw.seek(0)
    return gzip.GzipFile(fileobj=raw) if packed else raw


def _chunks(path: Path) -> Iterator[bytes]:
    """All bytes of a text, unpacked, in parts; stops at a bomb."""
    unpacked = 0
    with path.open("rb") as raw:
        file = _unpacked(raw)
        while chunk := file.read(CHUNK_BYTES):
            unpacked += len(chunk)
            refuse_bomb(path.name, raw.tell(), unpacked, ratio=MAX_RATIO, harmless=HARMLESS_BYTES)
            refuse_above("unpacked_bytes", unpacked, shown(path.name), "Give fewer rows.")
            yield chunk


def _encoding(path: Path, head: bytes) -> str:
    declared = next((name for mark, name in MARKS.items() if head.startswith(mark)), "")
    for encoding in (declared,) if declared else GUESSES:
        if _decodes(path, encoding):
            return encoding
    raise DataError(
        f"{shown(path.name)} is marked as {declared.upper().removesuffix('-SIG')}, but some of "
        "its bytes are not.",
        "Save it again with UTF-8 as the encoding.",
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(path):
            if "\0" in decoder.decode(chunk):
                raise _no_text(path)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_other(path: Path, head: bytes) -> None:
    other = recognised(head)
    if other:
        raise DataError(
            f"{shown(path.name)} is {other}, not a table of text.",
            "Save the table as CSV, or name the file for what it is.",
        )


def _no_text(path: Path) -> DataError:
    return DataError(
        f"{shown(path.name)} is no text: it holds bytes that no text has.",
        "Save the table as CSV, with UTF-8 as the encoding.",
    )


def _delimiter(lines: list[str]) -> tuple[str, int]:
    """The delimiter by which most rows have as many values, and how many the first row has."""
    best, best_share, columns = NO_DELIMITER, 0.0, 1
    for delimiter in DELIMITERS:
        widths = _widths(lines, delimiter)
        usual, times = Counter(widths).most_common(1)[0]
        headed = widths[0] > 1
        share = (widths.count(widths[0]) if headed else times) / len(widths)
        splits = headed or (usual >= LEAST_AGREED and share > 1 / 2)
        if splits and share > best_share:
            best, best_share, columns = delimiter, share, widths[0]
    return best, columns


def _widths(lines: list[str], delimiter: str) -> list[int]:
    """Values in each of the first rows that are not empty."""
    widths = []
    # The module has a limit of its own for one value, met most often after a quote left open.
    with suppress(csv.Error):
        for row in islice(filter(None, csv.reader(lines, delimiter=delimiter)), ROWS_TO_COMPARE):
            widths.append(len(row))
    return widths or [1]
