"""Picture files that tests make: of any depth, with pages, packed or in a folder."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image

# Bands of a picture -> the type of colour in a PNG.
COLOUR_TYPES = {1: 0, 3: 2, 4: 6}


def encoded(picture, kind="PNG", **options):
    """An array or a Pillow image as the bytes of a file."""
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def ramp(high, height=6, width=8, seed=0):
    """A picture (height, width) uint16 with values up to `high`, which it has once at least."""
    values = np.random.default_rng(seed).integers(high // 10, high + 1, (height, width))
    values[0, 0] = high
    return values.astype(np.uint16)


def deep_png(values):
    """A PNG of 16 bits of values (h, w, bands), which Pillow cannot write in colours."""
    height, width, bands = values.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 16, COLOUR_TYPES[bands], 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def netpbm(values, most, magic=b"P5"):
    """A PGM (h, w) or PPM (h, w, 3) whose largest possible value is `most`."""
    height, width = values.shape[:2]
    kind = ">u2" if most > 255 else "u1"
    return b"%s\n# made\n%d %d\n%d\n" % (magic, width, height, most) + values.astype(kind).tobytes()


def stack(pictures, kind="TIFF"):
    """One file of several pages."""
    first, *others = (Image.fromarray(picture) for picture in pictures)
    return encoded(first, kind, save_all=True, append_images=others)


def packed(path, files):
    """The path of a ZIP with these files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def sentences(dataset, about=None):
    """What was told of how a data set was read."""
    return [note.sentence for note in dataset.notes if about in (None, note.about)]
