"""A user's own arrays: an `.npz` file with `x` and, where there are labels, `y`."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from aecore.data.dataset import Dataset, Facts, Kind
from aecore.errors import DataError

MAX_BYTES = 4 * 2**30
MAX_CLASSES = 1000
MAX_CHANNELS = 4
IMAGE_RANK = 3


def facts(path: str) -> Facts:
    """Shape and type of `x`, from the file's headers alone.

    Raises:
        DataError: the file is missing, is no `.npz`, or its `x` cannot be used.
    """
    shape, dtype = _header(path, "x")
    kind, sample_shape = _layout(shape)
    grey = dtype == np.uint8
    return Facts(shape[0], sample_shape, kind, (0, 255) if grey else None, bytes_of_grey=grey)


def load(path: str) -> Dataset:
    """`x` as (n, *sample_shape) and `y` as class indices; labels of any kind become classes.

    Raises:
        DataError: as `facts`, or `x` holds missing or infinite values.
    """
    shape, _ = _header(path, "x")
    kind, sample_shape = _layout(shape)
    x = _read(path, "x").reshape(-1, *sample_shape)
    if x.dtype != np.uint8:
        x = x.astype(np.float32)
    if not np.isfinite(x).all():
        raise DataError(
            f"x in {Path(path).name} holds missing or infinite values.",
            "Replace them or drop their rows, and save the file again.",
        )
    y, names = _labels(path, len(x))
    return Dataset(x=x, y=y, kind=kind, class_names=names, feature_names=_columns(kind, x))


def _columns(kind: Kind, x: np.ndarray) -> tuple[str, ...]:
    if kind == "image":
        return ()
    return tuple(f"feature {i}" for i in range(x.shape[1]))


def _labels(path: str, rows: int) -> tuple[np.ndarray | None, tuple[str, ...]]:
    with _archive(path) as archive:
        if "y.npy" not in archive.namelist():
            return None, ()
    _header(path, "y")
    y = _read(path, "y").reshape(-1)
    if len(y) != rows:
        raise DataError(
            f"{Path(path).name} has {rows} rows in x but {len(y)} labels in y.",
            "Save the file again with one label a row.",
        )
    values, indices = np.unique(y, return_inverse=True)
    if len(values) > MAX_CLASSES:
        return None, ()
    return indices.astype(np.int64), tuple(str(value) for value in values)


def _layout(shape: tuple[int, ...]) -> tuple[Kind, tuple[int, ...]]:
    """Rank 2 is a table, rank 3 grey images, rank 4 with a few channels last colour images."""
    if len(shape) < 2 or 0 in shape:
        raise DataError(
            f"x must have rows of at least one value each; its shape is {shape}.",
            "Save x as (rows, features) or (rows, height, width).",
        )
    if len(shape) == IMAGE_RANK:
        return "image", (*shape[1:], 1)
    if len(shape) == IMAGE_RANK + 1 and shape[-1] <= MAX_CHANNELS:
        return "image", shape[1:]
    return "table", (math.prod(shape[1:]),)


def _archive(path: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise DataError(f"There is no file {path}.", "Check the path.") from None
    except (zipfile.BadZipFile, OSError):
        raise DataError(
            f"{Path(path).name} cannot be read as an .npz archive.",
            "Save it with numpy.savez(path, x=x, y=y).",
        ) from None


def _header(path: str, name: str) -> tuple[tuple[int, ...], np.dtype]:
    """Shape and type of one array, read without allocating it."""
    with _archive(path) as archive:
        try:
            with archive.open(f"{name}.npy") as member:
                version = npy.read_magic(member)
                read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
                shape, _, dtype = read(member)
        except KeyError:
            raise DataError(
                f"{Path(path).name} has no array named {name}.",
                "Save it with numpy.savez(path, x=x, y=y).",
            ) from None
        except (ValueError, OSError, EOFError, zipfile.BadZipFile, NotImplementedError):
            raise DataError(
                f"Array {name} in {Path(path).name} is damaged.", "Save the file again."
            ) from None
    _check(path, name, shape, dtype)
    return shape, dtype


def _check(path: str, name: str, shape: tuple[int, ...], dtype: np.dtype) -> None:
    numbers = dtype.kind in "biuf"
    if dtype.hasobject or not (numbers or (name == "y" and dtype.kind in "US")):
        raise DataError(
            f"Array {name} in {Path(path).name} does not hold plain numbers (its type is {dtype}).",
            "Convert it with .astype('float32') and save the file again.",
        )
    if math.prod(shape) * dtype.itemsize > MAX_BYTES:
        raise DataError(
            f"Array {name} in {Path(path).name} is larger than the limit of "
            f"{MAX_BYTES / 2**30:.0f} GiB.",
            "Save fewer rows.",
        )


def _read(path: str, name: str) -> np.ndarray:
    try:
        with np.load(path, allow_pickle=False) as archive:
            return np.asarray(archive[name])
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise DataError(
            f"Array {name} in {Path(path).name} is damaged ({type(error).__name__}).",
            "Save the file again.",
        ) from None
