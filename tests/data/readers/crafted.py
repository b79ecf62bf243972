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
PACKED = zipfile.ZIP_DEFLATED
# A frame of a GIF, of one pixel: where it lies, and a part of two bytes.
GIF_FRAME = b",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"


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


def gif(frames):
    """A GIF of one pixel, made of these frames or whatever they are."""
    return b"GIF89a\1\0\1\0\x80\0\0" + bytes(6) + frames + b";"


def tiff(pages, width, height):
    """A TIFF of so many pages, all of the same bytes, of whatever size they say."""
    tags = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (279, 1))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    size = 2 + len(entries) + 4
    most = min(pages, 60 * 2**20 // size)
    page = struct.pack("<H", len(tags)) + entries
    pages = b"".join(page + struct.pack("<I", 16 + size * (i + 1)) for i in range(most))
    return b"II*\0" + struct.pack("<I", 16) + bytes(8) + pages


def animated_png(frames):
    """A PNG that says that it has so many frames."""
    data = b"acTL" + struct.pack(">II", frames, 0)
    chunk = struct.pack(">I", 8) + data + struct.pack(">I", zlib.crc32(data))
    at = png().index(b"IDAT") - 4
    return png()[:at] + chunk + png()[at:]
