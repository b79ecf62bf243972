"""Content of a file: whether it is what its name says, and safe to unpack."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aecore.data.names import shown
from aecore.errors import DataError

HEAD_BYTES = 512
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
BINARY = {
    b"\x89PNG\r\n\x1a\n": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive or a document packed as one, such as an Excel workbook",
    b"PK\x05\x06": "an empty ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls), or one protected by a password",
    b"\x1f\x8b": "an archive packed by gzip",
    b"BZh": "an archive packed by bzip2",
    b"\xfd7zXZ": "an archive packed by xz",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"PAR1": "a Parquet file",
    b"PARE": "an encrypted Parquet file",
    b"ARROW1": "an Arrow file",
    b"\x93NUMPY": "a NumPy array",
    b"\x89HDF": "an HDF5 file",
    b"SQLite format 3": "an SQLite database",
}
MARKUP = {
    b"%pdf-": "a PDF document",
    b"<?xml": "an XML document",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
}


def recognised(head: bytes) -> str:
    """What a file that begins like this is, with its article; empty where that is unknown."""
    head = head[:HEAD_BYTES]
    # A heading may well begin with a name such as PAR1.
    if CONTROLS.search(head):
        return next((name for mark, name in BINARY.items() if head.startswith(mark)), "")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return next((name for mark, name in MARKUP.items() if start.startswith(mark)), "")


@contextmanager
def reading(path: Path, what: str, remedy: str) -> Iterator[None]:
    """Turns whatever a parser raises on a stranger's file into a `DataError`.

    Args:
        what: the format that the file should have, with its article.
        remedy: what to do about a file that the parser cannot read.
    """
    try:
        yield
    except DataError:
        raise
    except FileNotFoundError as error:
        raise DataError(f"There is no file {path}.", "Check the path.") from error
    except PermissionError as error:
        raise DataError(
            f"{shown(path.name)} may not be read by this program.", "Allow it to, or copy the file."
        ) from error
    # A file can be made to confuse a parser into raising anything at all.
    except Exception as error:
        raise DataError(
            f"{shown(path.name)} is damaged and cannot be read as {what}.", remedy
        ) from error


def refuse_bomb(file: str, packed: int, unpacked: int, *, ratio: int, harmless: int) -> None:
    """Refuse what unpacks to far more than it is, as only repeated filling does.

    Args:
        packed: bytes in the file.
        unpacked: bytes so far, or as declared.
        ratio: of the two, the most that is accepted.
        harmless: unpacked bytes that are accepted whatever the ratio.

    Raises:
        DataError: the ratio is above what is accepted.
    """
    if unpacked <= harmless or unpacked <= ratio * packed:
        return
    raise DataError(
        f"{shown(file)} unpacks to more than {ratio} times its size, as no table of measurements "
        "does.",
        "Give the table unpacked, as a CSV file.",
    )
