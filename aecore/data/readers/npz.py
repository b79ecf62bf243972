"""A user's own arrays: an `.npz` file with `x` and, where there are labels, `y`."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from aecore.data.checked_archives import Members, open_archive, open_member
from aecore.data.dataset import Dataset, Facts, Kind
from aecore.data.limits import refuse_above
from aecore.data.names import shown
from aecore.data.readers._arrays import OPTIONS, as_samples, layout, numbered_features
from aecore.data.readers._classes import Labels, as_text, read_labels
from aecore.data.readers._npy import NUMBERS, TEXT, Header, read_array, read_header
from aecore.data.readers._spec import ReaderSpec
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

REMEDY = "Save it with numpy.savez(path, x=x, y=y)."
SAMPLES = ("x", "X")
LABELS = ("y", "Y")
# What others call these arrays, the likeliest first; never guessed at, only suggested.
SAMPLES_ELSEWHERE = (
    *("x_train", "X_train", "train_images", "train_data", "data", "images", "features", "arr_0"),
)
LABELS_ELSEWHERE = ("y_train", "train_labels", "labels", "label", "target", "targets", "arr_1")
MAX_LISTED = 8


class _Arrays:
    """The arrays of one open archive, read by name; errors name the file."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, members: Members) -> None:
        self.file = shown(path.name)
        self.names = [name[:-4] for name in members if name.endswith(".npy")]
        self._archive = archive
        self._members = members

    def first_of(self, names: Iterable[str]) -> str | None:
        return next((name for name in names if name in self.names), None)

    def header(self, name: str, kinds: str = NUMBERS) -> Header:
        with open_member(self._archive, self._members[f"{name}.npy"]) as member:
            return read_header(member, self.title(name), kinds)

    def read(self, name: str, kinds: str = NUMBERS) -> np.ndarray:
        info = self._members[f"{name}.npy"]
        with open_member(self._archive, info) as member:
            return read_array(member, info.file_size, self.title(name), kinds)

    def texts(self, name: str, limit: str) -> tuple[str, ...] | None:
        """A text array as plain strings, or None where there is none of this name."""
        if name not in self.names:
            return None
        count = math.prod(self.header(name, TEXT).shape)
        refuse_above(limit, count, self.title(name), "Save fewer names.")
        return tuple(as_text(value) for value in self.read(name, TEXT).reshape(-1))

    def title(self, name: str) -> str:
        return f"{name} in {self.file}"


def facts(path: Path) -> Facts:
    """Shape and type of `x`, from the file's headers alone.

    Raises:
        DataError: the file is missing, is no `.npz`, or its `x` cannot be used.
    """
    with open_archive(path, REMEDY) as (archive, members):
        arrays = _Arrays(path, archive, members)
        name = _samples_name(arrays)
        header = arrays.header(name)
        kind, sample_shape = layout(header.shape, arrays.title(name))
    grey = header.dtype == np.uint8
    value_range = (0, 255) if grey else None
    return Facts(header.shape[0], sample_shape, kind, value_range, bytes_of_grey=grey)


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Dataset:
    """`x` as (n, *sample_shape) and `y` as class indices; labels of any kind become classes.

    `feature_names` and `class_names` are used where the file holds such text arrays.

    Raises:
        DataError: as `facts`, or `x` holds missing or infinite values, or the labels or names do
            not fit it.
    """
    with open_archive(path, REMEDY) as (archive, members):
        arrays = _Arrays(path, archive, members)
        name = _samples_name(arrays)
        layout(arrays.header(name).shape, arrays.title(name), options)
        kind, x, notes = as_samples(arrays.read(name), arrays.title(name), options)
        labels = _labels(arrays, len(x))
        features = _features(arrays, kind, x)
    return Dataset(x, labels.y, kind, labels.class_names, features, labels.factors, notes)


def _samples_name(arrays: _Arrays) -> str:
    """The name of the samples, unless an array of the user's would be left out unnoticed."""
    name = arrays.first_of(SAMPLES)
    others = arrays.first_of(LABELS_ELSEWHERE)
    if name is not None and (others is None or arrays.first_of(LABELS) is not None):
        return name
    if not arrays.names:
        raise DataError(f"{arrays.file} holds no arrays.", REMEDY)
    missing = "x" if name is None else "y"
    listed = ", ".join(shown(found) for found in arrays.names[:MAX_LISTED])
    raise DataError(
        f"{arrays.file} has no array named {missing}, only {listed}.", _renaming(arrays)
    )


def _renaming(arrays: _Arrays) -> str:
    """How to save the arrays by the names that are read, as far as these can be told."""
    x = arrays.first_of((*SAMPLES, *SAMPLES_ELSEWHERE))
    y = arrays.first_of((*LABELS, *LABELS_ELSEWHERE))
    if x is None and len(arrays.names) > 1:
        return REMEDY
    samples = f"x=old[{shown(x or arrays.names[0])!r}]"
    labels = f", y=old[{y!r}]" if y else ""
    return f"Load it as old and rename with numpy.savez(path, {samples}{labels})."


def _labels(arrays: _Arrays, rows: int) -> Labels:
    name = arrays.first_of(LABELS)
    if name is None:
        return Labels()
    count = math.prod(arrays.header(name, NUMBERS + TEXT).shape)
    if count != rows:
        raise DataError(
            f"{arrays.file} has {rows} rows in x but {count} labels in {name}.",
            "Save the file again with one label a row; for one-hot labels, y.argmax(axis=1).",
        )
    values = arrays.read(name, NUMBERS + TEXT)
    return read_labels(values, arrays.title(name), arrays.texts("class_names", "classes"))


def _features(arrays: _Arrays, kind: Kind, x: np.ndarray) -> tuple[str, ...]:
    names = arrays.texts("feature_names", "columns")
    if kind == "image" or names is None:
        return numbered_features(kind, x)
    if len(names) != x.shape[-1]:
        raise DataError(
            f"{arrays.file} has {x.shape[-1]} columns in x but {len(names)} feature_names.",
            "Save the file again with one name a column.",
        )
    return names


SPEC = ReaderSpec(
    name="npz",
    title="NumPy arrays (.npz)",
    summary="An array x of samples and, where there are labels, an array y with one a row.",
    suffixes=(".npz",),
    read=read,
    options=OPTIONS,
    source="NumPy, numpy.savez",
    order=40,
)
