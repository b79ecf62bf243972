"""Images or tables as MNIST is given out: IDX files, packed with gzip or not."""

from __future__ import annotations

import gzip
import io
import math
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from aecore.data.dataset import Dataset
from aecore.data.limits import refuse_above
from aecore.data.names import shown
from aecore.data.readers._arrays import OPTIONS, as_samples, layout, numbered_features
from aecore.data.readers._classes import Labels, read_labels
from aecore.data.readers._spec import ReaderSpec
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

# The third byte of a file says which type its values have; all are big-endian.
TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
MAX_RANK = 8
PACKED = ".gz"
# The most bytes that one byte of gzip can stand for.
DENSEST = 1032
REMEDY = "Take the file from its source again."


class _Header(NamedTuple):
    shape: tuple[int, ...]
    dtype: np.dtype

    @property
    def size(self) -> int:
        """Bytes of the values."""
        return math.prod(self.shape) * self.dtype.itemsize


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Dataset:
    """The samples as (n, *sample_shape), and labels where a file of as many lies beside them.

    Labels for `train-images-idx3-ubyte.gz` are looked for in `train-labels-idx1-ubyte`, with and
    without `.gz`, in the same folder; a file of another number of labels is left out.

    Raises:
        DataError: the file cannot be opened, its size is not what its header says, it holds
            labels alone, or values that are missing or infinite.
    """
    what = shown(path.name)
    shape = _header_of(path).shape
    if len(shape) == 1:
        raise DataError(f"{what} holds labels and no samples.", "Open the file of images instead.")
    layout(shape, what, options)
    kind, x, notes = as_samples(_values_of(path), what, options)
    labels = _labels_beside(path, len(x))
    features = numbered_features(kind, x)
    return Dataset(x, labels.y, kind, labels.class_names, features, labels.factors, notes)


def _labels_beside(path: Path, rows: int) -> Labels:
    name = path.name[: -len(PACKED)] if _is_packed(path) else path.name
    labels_name = re.sub(r"idx\d", "idx1", name.replace("images", "labels"))
    if labels_name == name:
        return Labels()
    for candidate in (path.with_name(labels_name), path.with_name(labels_name + PACKED)):
        if candidate.is_file() and _header_of(candidate).shape == (rows,):
            return read_labels(_values_of(candidate), shown(candidate.name))
    return Labels()


def _header_of(path: Path) -> _Header:
    with _opened(path) as stream:
        return _read_header(stream, shown(path.name))


def _values_of(path: Path) -> np.ndarray:
    what = shown(path.name)
    with _opened(path) as stream:
        header = _read_header(stream, what)
        most = path.stat().st_size * (DENSEST if _is_packed(path) else 1)
        content = stream.read(header.size) if header.size <= most else b""
        # One byte more would be one too many, and at the end gzip checks its sum.
        found = len(content) + len(stream.read(1))
    if found < header.size:
        raise DataError(f"{what} is cut short.", REMEDY)
    if found > header.size:
        raise DataError(f"{what} is longer than its header says.", REMEDY)
    return np.frombuffer(content, header.dtype).reshape(header.shape)


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedIOBase]:
    try:
        with gzip.open(path) if _is_packed(path) else path.open("rb") as stream:
            yield stream
    except (OSError, EOFError, MemoryError, zlib.error):
        raise DataError(f"{shown(path.name)} cannot be opened, or is damaged.", REMEDY) from None


def _is_packed(path: Path) -> bool:
    return path.name.lower().endswith(PACKED)


def _read_header(stream: io.BufferedIOBase, what: str) -> _Header:
    """Four bytes of zeros, type and rank, then as many lengths of four bytes each."""
    magic = stream.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[2] not in TYPES:
        raise DataError(f"{what} is no IDX file: it starts otherwise.", REMEDY)
    rank = magic[3]
    if not 1 <= rank <= MAX_RANK:
        raise DataError(f"{what} has {rank} dimensions, not from 1 to {MAX_RANK}.", REMEDY)
    lengths = stream.read(4 * rank)
    if len(lengths) < 4 * rank:
        raise DataError(f"{what} is cut short.", REMEDY)
    header = _Header(struct.unpack(f">{rank}I", lengths), np.dtype(TYPES[magic[2]]))
    if header.size == 0:
        raise DataError(f"{what} holds no values.", REMEDY)
    refuse_above("unpacked_bytes", header.size, what, "Use a part of it.")
    return header


SPEC = ReaderSpec(
    name="idx",
    title="IDX, as MNIST is given out",
    summary="Images or a table in the IDX format; a file of labels beside it is read too.",
    suffixes=(".idx", "-ubyte", ".idx.gz", "-ubyte.gz"),
    read=read,
    options=OPTIONS,
    source="LeCun, Cortes and Burges, the MNIST database",
    order=60,
)
