"""The files made to harm most: each is refused with a sentence, soon, and in little memory."""

import struct

from tests.data.readers.crafted import (
    BOMB,
    GIF_FRAME,
    GIVEN,
    PACKED,
    animated_png,
    declaring,
    gif,
    gz,
    idx_header,
    inflating,
    npy_header,
    npz_of,
    packed,
    png,
    tiff,
)
from tests.data.readers.measured import assert_refused_soon


def too_many_entries(path):
    """A directory of a million empty entries, 44 MiB, without files to go with them."""
    entries = (b"PK\x01\x02" + bytes(42)) * 10**6
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(entries), 0, 0)
    path.write_bytes(entries + end)
    return path


def deep(path):
    """Ten files, each 30,000 folders deep."""
    return packed(path, {"a/" * 30_000 + f"{i}.png": b"none" for i in range(10)})


# A comment in a GIF of a byte at a time.
PARTS = b"!\xfe" + b"\1 " * 30_000_000

WORST = {
    "large-by-its-word.zip": (
        lambda path: declaring(packed(path, {"a.png": png(), "b.png": png()}), 2**32 - 2),
        "unpacked bytes, and the limit is .*AECORE_MAX_UNPACKED_BYTES",
    ),
    "large.zip": (lambda path: inflating(path, "a.png"), r"a\.png has 419,430,400 bytes, more"),
    "small-by-its-word.zip": (
        lambda path: declaring(inflating(path, "a.png"), 1000),
        r"a\.png in the archive is damaged",
    ),
    "small-by-its-word.npz": (
        lambda path: declaring(inflating(path, "x.npy", npy_header((2, 2))), 150),
        "x in small-by-its-word.npz is damaged",
    ),
    "entries.zip": (too_many_entries, "1,000,000 files.*AECORE_MAX_FILES"),
    "entries.npz": (too_many_entries, "1,000,000 files.*AECORE_MAX_FILES"),
    "deep.zip": (deep, "no image of a known kind"),
    "pixels.zip": (
        lambda path: packed(path, {"a.png": png(bytes(10**6), 9000, 9000), "b.png": png()}),
        r"a\.png has 81,000,000 pixels.*AECORE_MAX_PIXELS",
    ),
    "more-pixels.zip": (
        lambda path: packed(path, {"a.png": png(bytes(10**6), 10**5, 10**5), "b.png": png()}),
        r"a\.png has too many pixels",
    ),
    "frames.zip": (
        lambda path: packed(path, {"a.gif": gif(GIF_FRAME * 4_000_000)}, compression=PACKED),
        r"a\.gif has 10,001 pages.*AECORE_MAX_PAGES",
    ),
    "parts.zip": (
        lambda path: packed(
            path, {"a.gif": gif(b"!\xfe" + b"\1 " * 30_000_000)}, compression=PACKED
        ),
        r"a\.gif is damaged",
    ),
    "pages.zip": (
        lambda path: packed(path, {"a.tif": tiff(11_000_000, 1, 1)}, compression=PACKED),
        r"a\.tif has 10,001 pages.*AECORE_MAX_PAGES",
    ),
    "large-pages.zip": (
        lambda path: packed(path, {"a.tif": tiff(9_000, 4_096, 4_096)}, compression=PACKED),
        r"a\.tif has .* unpacked bytes",
    ),
    "animation.zip": (
        lambda path: packed(path, {"a.png": animated_png(2**31 - 1), "b.png": png()}),
        r"a\.png has 2,147,483,64. pages.*AECORE_MAX_PAGES",
    ),
    "pixels-of-a-map.zip": (
        lambda path: packed(path, {"a.pgm": b"P5 9000 9000 255\n", "b.png": png()}),
        r"a\.pgm has 81,000,000 pixels.*AECORE_MAX_PIXELS",
    ),
    "no-pixels.zip": (
        lambda path: packed(path, {"a.ppm": b"P6 4096 4096 4095\n", "b.png": png()}),
        r"a\.ppm is damaged or cut short",
    ),
    "no-grey.zip": (
        lambda path: packed(path, {"a.pgm": b"P5 4096 4096 65535\n", "b.png": png()}),
        r"a\.pgm is damaged or cut short",
    ),
    "shape.npz": (lambda path: npz_of(path, npy_header((10**6, 10**6))), "x in .*unpacked bytes"),
    "columns.npz": (
        lambda path: npz_of(path, npy_header((2, 10**8), "|u1")),
        "100,000,000 columns",
    ),
    "cut.npz": (
        lambda path: npz_of(
            path,
            npy_header((2**20, 2**10), "<f4"),
        ),
        "x in .* cut short",
    ),
    "header.npz": (
        lambda path: inflating(path, "x.npy", npy_header((), "<f8", b"\2\0", BOMB - 100), b" "),
        "x in header.npz is damaged",
    ),
    "shape.npy": (
        lambda path: path.write_bytes(npy_header((10**6, 10**6))) and path,
        "unpacked bytes",
    ),
    "shape.idx": (
        lambda path: path.write_bytes(idx_header(2**32 - 1, 2**32 - 1)) and path,
        "unpacked bytes",
    ),
    "less-than-it-says.idx": (
        lambda path: path.write_bytes(idx_header(2**21, 2**10)) and path,
        "cut short",
    ),
    "more-than-it-says-ubyte.gz": (
        lambda path: gz(path, idx_header(10, 10), 400),
        "longer than its header says",
    ),
    "less-than-it-says-ubyte.gz": (lambda path: gz(path, idx_header(2**21, 2**10), 1), "cut short"),
    "labels-ubyte.gz": (lambda path: gz(path, idx_header(400 * 2**20), 400), "labels and no sampl"),
    "columns-ubyte.gz": (lambda path: gz(path, idx_header(1, 400 * 2**20), 400), "columns"),
}


MEASURE = """
import json, pathlib, resource, sys, time
from aecore.data.readers import READERS
from aecore.errors import DataError

def memory(name):
    status = pathlib.Path("/proc/self/status").read_text().split()
    return int(status[status.index(name) + 1])

# What is asked for and never touched counts as well.
asked = memory("VmSize:") * 2**10 + 2**30
resource.setrlimit(resource.RLIMIT_AS, (asked, asked))
told = {}
for line in sys.stdin:
    reader, path = line.rstrip("\\n").split(" ", 1)
    start = time.perf_counter()
    try:
        READERS[reader].read(pathlib.Path(path))
    except DataError as error:
        told[pathlib.Path(path).name] = [time.perf_counter() - start, str(error)]
print(json.dumps({"peak": memory("VmHWM:"), "told": told}))
"""


def test_the_worst_files_are_refused_soon_and_in_little_memory(tmp_path):
    """Within two seconds each, and 300 MiB for the process that reads them all."""
    paths = [make(tmp_path / name) for name, (make, _) in WORST.items()]
    assert_refused_soon(MEASURE, "".join(f"{GIVEN[path.suffix]} {path}\n" for path in paths), WORST)
