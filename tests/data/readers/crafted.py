"""Files that say what a test wants them to say, true or not."""

from __future__ import annotations

import gzip
import stat
import struct
import zipfile
import zlib

from aecore.data.readers import READERS

# How a file's name ends -> the reader that it is for.
GIVEN = {".npz": "npz", ".npy": "npy", ".idx": "idx", ".gz": "idx", ".zip": "images"}
BOMB = 400 * 2**20


def read(path):
    """The file by the reader that its name asks for."""
    return READERS[GIVEN[path.suffix]].read(path)


def png(pixels=b"\x00\x00", width=1, height=1):
    """A PNG whose header may say anything; `pixels` are its packed rows, each led by a zero."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def packed(path, files, **options):
    """The path of a ZIP with these files; a name may be a `ZipInfo`."""
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def inflating(path, name, start=b"", fill=b"\0"):
    """A small ZIP with a member of 400 MiB, all the same byte after a start, and one image."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(name, "w") as member:
            member.write(start)
            for _ in range(BOMB // 2**20):
                member.write(fill * 2**20)
        archive.writestr("ok.png", png())
    return path


def declaring(path, size):
    """The ZIP, with another unpacked size written in the directory for every member."""
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", content, at + 24, size)
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    return path


def flagged(path):
    """The ZIP, with every member marked as encrypted."""
    content = bytearray(path.read_bytes())
    content[content.find(b"PK\x03\x04") + 6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    return path


def link(name):
    """A member that is a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def npy_header(shape, dtype="<f8", version=b"\x01\x00", length=None):
    """The start of a stored array of any declared shape."""
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}}}\n".encode()
    layout = "<H" if version == b"\x01\x00" else "<I"
    return b"\x93NUMPY" + version + struct.pack(layout, length or len(text)) + text


def npz_of(path, header):
    """An .npz whose x has this header and some bytes behind it."""
    return packed(path, {"x.npy": header + bytes(64)})


def idx_header(*shape):
    """The start of an IDX file of bytes."""
    return bytes([0, 0, 8, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)


def gz(path, header, megabytes):
    """A gzip of a header and this many MiB of zeros."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(header)
        for _ in range(megabytes):
            file.write(bytes(2**20))
    return path
