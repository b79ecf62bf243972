"""NumPy arrays in files, checked by their header before their values are read."""

from __future__ import annotations

import io
import math
from typing import IO, NamedTuple

import numpy as np
from numpy.lib import format as npy

from aecore.data.limits import refuse_above
from aecore.errors import DataError

NUMBERS = "biuf"
TEXT = "US"
# NumPy itself takes no longer header, but reads all of it before it says so.
LONGEST_HEADER = 2**14


class Header(NamedTuple):
    """Shape and type of an array, and where in the stream its values start."""

    shape: tuple[int, ...]
    dtype: np.dtype
    start: int


def read_header(stream: IO[bytes], what: str, kinds: str = NUMBERS) -> Header:
    """The header at the start of a seekable stream; nothing is allocated for the values.

    Args:
        what: the subject of the sentence, such as "x in a.npz".
        kinds: letters of `numpy.dtype.kind` that are wanted.

    Raises:
        DataError: the stream holds no array, or one that cannot be used.
    """
    # The parser evaluates a literal of a stranger's and fails in many ways.
    try:
        stream.seek(0)
        header = _parsed(io.BytesIO(stream.read(LONGEST_HEADER)))
    except Exception:
        raise _damaged(what) from None
    if min(header.shape, default=0) < 0:
        raise _damaged(what)
    _check_type(header.dtype, what, kinds)
    size = math.prod(header.shape) * header.dtype.itemsize
    refuse_above("unpacked_bytes", size, what, "Save fewer rows.")
    return header


def read_array(stream: IO[bytes], size: int, what: str, kinds: str = NUMBERS) -> np.ndarray:
    """The array in a seekable stream of `size` bytes; nothing is ever unpickled.

    Raises:
        DataError: as `read_header`, or the values are cut short or damaged.
    """
    header = read_header(stream, what, kinds)
    if header.start + math.prod(header.shape) * header.dtype.itemsize > size:
        raise DataError(f"{what} is cut short.", "Save the file again.")
    try:
        stream.seek(0)
        return np.asarray(npy.read_array(stream, allow_pickle=False))
    except Exception:
        raise _damaged(what) from None


def _parsed(start: io.BytesIO) -> Header:
    version = npy.read_magic(start)
    # Versions 2 and 3 differ in the alphabet of field names alone, which plain numbers lack.
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read(start)
    return Header(shape, dtype, start.tell())


def _check_type(dtype: np.dtype, what: str, kinds: str) -> None:
    if dtype.hasobject or dtype.kind not in kinds:
        wanted = "plain numbers" if NUMBERS in kinds else "plain text"
        remedy = "Convert it with .astype('float32')" if kinds == NUMBERS else "Use .astype(str)"
        raise DataError(
            f"{what} does not hold {wanted} (its type is {str(dtype)[:60]}).",
            f"{remedy} and save the file again.",
        )
    if dtype.kind in TEXT:
        refuse_above("text_bytes", dtype.itemsize, f"A text of {what}", "Shorten the texts.")


def _damaged(what: str) -> DataError:
    return DataError(f"{what} is damaged, or no NumPy array.", "Save the file again.")
