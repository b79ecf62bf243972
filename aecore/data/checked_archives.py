"""Archives: the members of a stranger's ZIP, checked before they are unpacked."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from aecore.data.limits import refuse_above
from aecore.data.names import shown
from aecore.errors import DataError

ENTRY = b"PK\x01\x02"
CHUNK = 2**20
# Bit 0 is the usual encryption, bit 6 the strong one.
ENCRYPTED = 0x41
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DRIVE = re.compile(r"[A-Za-z]:")

Members = dict[str, zipfile.ZipInfo]


@contextmanager
def open_archive(path: Path, remedy: str) -> Iterator[tuple[zipfile.ZipFile, Members]]:
    """A ZIP, and its files by name with forward slashes, in their order.

    Args:
        remedy: how to make such an archive, for a file that is none.

    Raises:
        DataError: there is no such file, it is no ZIP, holds more than the limits allow, or a
            member is encrypted, a link, packed in an unusual way or leads outside the archive.
    """
    _refuse_many(path)
    with _opened(path, remedy) as archive:
        yield archive, _members(path, archive)


@contextmanager
def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """One file in a ZIP, to be read by known amounts: `read()` alone would trust the packed data.

    Raises:
        DataError: it is damaged.
    """
    # A damaged entry shows as one of many exceptions of zipfile, struct and the decoders.
    try:
        member = archive.open(info)
    except Exception:
        raise _damaged(info.filename) from None
    with member:
        yield member


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of one file in a ZIP, and never more of them than it declares.

    Raises:
        DataError: it is damaged.
    """
    with open_member(archive, info) as member:
        # Damage shows as one of many exceptions of zipfile, zlib and struct.
        try:
            content = member.read(info.file_size)
        except Exception:
            raise _damaged(info.filename) from None
    if len(content) < info.file_size:
        raise _damaged(info.filename)
    return content


def _refuse_many(path: Path) -> None:
    """Count the entries before zipfile makes an object of each; none can lack this signature."""
    try:
        with path.open("rb") as file:
            entries = _count_in(file)
    except FileNotFoundError:
        raise DataError(f"There is no file {path}.", "Check the path.") from None
    except OSError:
        raise DataError(f"{shown(path.name)} cannot be opened.", "Check the path.") from None
    refuse_above("files", entries, shown(path.name), "Pack fewer files.")


def _count_in(file: IO[bytes]) -> int:
    count, end = 0, b""
    while chunk := file.read(CHUNK):
        count += (end + chunk).count(ENTRY)
        end = chunk[1 - len(ENTRY) :]
    return count


def _opened(path: Path, remedy: str) -> zipfile.ZipFile:
    # A damaged directory shows as one of many exceptions of zipfile, struct and the decoders.
    try:
        return zipfile.ZipFile(path)
    except Exception:
        raise DataError(
            f"{shown(path.name)} cannot be read as an archive: it is damaged or no ZIP.", remedy
        ) from None


def _members(path: Path, archive: zipfile.ZipFile) -> Members:
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    size = sum(info.file_size for info in infos)
    refuse_above("unpacked_bytes", size, shown(path.name), "Pack less into one archive.")
    members: Members = {}
    for info in infos:
        parts = info.filename.replace("\\", "/").split("/")
        _check_member(parts, info)
        name = "/".join(part for part in parts if part not in ("", "."))
        if name in members:
            raise DataError(
                f"{shown(path.name)} holds two files named {shown(name)}.", "Pack it again."
            )
        members[name] = info
    return members


def _check_member(parts: list[str], info: zipfile.ZipInfo) -> None:
    name = shown(info.filename) or "a file without a name"
    if parts[0] == "" or DRIVE.match(parts[0]) or ".." in parts:
        raise DataError(
            f"The archive holds {name}, which leads outside of it.",
            "Pack it again with paths inside one folder.",
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise DataError(f"The archive holds a link, {name}.", "Pack the file that it points to.")
    if info.flag_bits & ENCRYPTED:
        raise DataError(
            f"The archive is encrypted: {name} needs a password.",
            "Pack it again without a password.",
        )
    if info.compress_type not in METHODS:
        raise DataError(
            f"{name} in the archive is packed in a way that is not read here.",
            "Pack it again with the usual ZIP compression, which is Deflate.",
        )


def _damaged(name: str) -> DataError:
    return DataError(f"{shown(name)} in the archive is damaged.", "Pack it again.")
