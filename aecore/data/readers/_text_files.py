"""`TextFile`: the bytes of a text table as text, packed or not, in whichever encoding."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aecore.data.limits import refuse_above
from aecore.data.names import shown
from aecore.data.readers._content import recognised, refuse_bomb
from aecore.data.readers._legacy_encodings import likely_encoding
from aecore.data.reading_options import AUTO, ENCODINGS, ReadingOptions
from aecore.data.stopping import go_on
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
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")

Unpacked = io.BufferedReader | gzip.GzipFile


@dataclass(frozen=True)
class TextFile:
    """A text, looked at.

    Attributes:
        encoding: as Python names it.
        lines: the first ones, with their ends; all of them, or those of the first MiB.
        breaks: ends of lines in the whole text.
        whole: whether these lines are all there are.
    """

    path: Path
    encoding: str
    lines: tuple[str, ...]
    breaks: int
    whole: bool


@contextmanager
def opened(path: Path) -> Iterator[Unpacked]:
    """The bytes of a text, unpacked where it is packed by gzip, whatever it is named."""
    with path.open("rb") as raw:
        yield _unpacked(raw)


def text_file(path: Path, options: ReadingOptions) -> TextFile:
    """A text table's encoding, worked out from all of its bytes, and its first lines.

    Raises:
        DataError: the file is empty, no text, a first line without end, or more than is accepted.
    """
    with opened(path) as file:
        head = file.read(CHUNK_BYTES)
    _refuse_other(path, head)
    encoding, breaks = _encoding(path, head, options.encoding)
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
    return TextFile(path, encoding, tuple(lines), breaks, not cut)


def ends_in_quote(path: Path, quote: str) -> bool:
    """Whether the last character that is no end of a line is this quote."""
    end = b""
    with opened(path) as file:
        while chunk := file.read(CHUNK_BYTES):
            end = (end + chunk)[-END_BYTES:]
    # The zeros are those of UTF-16.
    return end.rstrip(b"\r\n\0").endswith(quote.encode())


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
            go_on()
            unpacked += len(chunk)
            refuse_bomb(path.name, raw.tell(), unpacked, ratio=MAX_RATIO, harmless=HARMLESS_BYTES)
            refuse_above("unpacked_bytes", unpacked, shown(path.name), "Give fewer rows.")
            yield chunk


def _encoding(path: Path, head: bytes, chosen: str) -> tuple[str, int]:
    """The encoding, and how many lines end in the whole text."""
    declared = next((name for mark, name in MARKS.items() if head.startswith(mark)), "")
    if chosen != AUTO:
        return _chosen_encoding(path, declared, chosen)
    for encoding in (declared,) if declared else _guesses(path):
        breaks = _breaks(path, encoding)
        if breaks is not None:
            return encoding, breaks
    raise DataError(
        f"{shown(path.name)} is marked as {declared.upper().removesuffix('-SIG')}, but some of "
        "its bytes are not.",
        "Save it again with UTF-8 as the encoding.",
    )


def _guesses(path: Path) -> Iterator[str]:
    """UTF-8, then what the letters speak for, then Western encodings."""
    yield "utf-8"
    likely = likely_encoding(_chunks(path))
    # Windows-1252 leaves five bytes without meaning, Latin-1 none.
    yield from ([likely] if likely else [])
    yield from ("cp1252", "latin-1")


def _chosen_encoding(path: Path, declared: str, chosen: str) -> tuple[str, int]:
    # The mark before a text is no part of it, whatever the encoding is called.
    encoding = declared if declared.startswith(chosen) else chosen
    breaks = _breaks(path, encoding)
    if breaks is None:
        raise DataError(
            f"{shown(path.name)} is not written in {ENCODINGS[chosen].title}.",
            "Choose another encoding, or leave it as found.",
        )
    return encoding, breaks


def _breaks(path: Path, encoding: str) -> int | None:
    """Ends of lines in the whole text; None where some bytes are not of this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    feeds = returns = 0
    try:
        for chunk in _chunks(path):
            text = decoder.decode(chunk)
            if "\0" in text:
                raise _no_text(path)
            feeds += text.count("\n")
            returns += text.count("\r")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return feeds or returns


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
