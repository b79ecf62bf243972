"""A user's own samples without labels: one array in a `.npy` file."""

from __future__ import annotations

from pathlib import Path

from aecore.data.dataset import Dataset
from aecore.data.names import shown
from aecore.data.readers._arrays import OPTIONS, as_dataset, as_samples, layout
from aecore.data.readers._npy import read_array, read_header
from aecore.data.readers._spec import ReaderSpec
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Dataset:
    """The array as (n, *sample_shape), without labels.

    Raises:
        DataError: the file cannot be opened, is no `.npy`, holds anything but finite numbers, or
            has a shape that samples cannot have.
    """
    what = shown(path.name)
    try:
        with path.open("rb") as file:
            layout(read_header(file, what).shape, what, options)
            values = read_array(file, path.stat().st_size, what)
    except OSError:
        raise DataError(f"{what} cannot be opened.", "Check the path.") from None
    return as_dataset(as_samples(values, what, options))


SPEC = ReaderSpec(
    name="npy",
    title="NumPy array (.npy)",
    summary="One array of samples without labels: a table, series, or images of one size.",
    suffixes=(".npy",),
    read=read,
    options=OPTIONS,
    source="NumPy, numpy.save",
    order=50,
)
