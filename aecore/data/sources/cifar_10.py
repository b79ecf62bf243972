"""60,000 small colour photographs."""

from __future__ import annotations

import tarfile
from pathlib import Path, PurePosixPath

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Download, Facts
from aecore.data.downloading import path_of

TITLE = "CIFAR-10, 60,000 photographs"
CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
# The binary version: the one for Python is a pickle, which could run anything when read.
ARCHIVE = Download(
    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    "md5:c32a1d4ab5d03f1284b67883e8d87530",
    170_052_171,
)
BATCHES = (*(f"data_batch_{number}.bin" for number in range(1, 6)), "test_batch.bin")
SIDE, CHANNELS = 32, 3
# One byte of class, then all reds, all greens and all blues, each row by row.
RECORD_BYTES = 1 + CHANNELS * SIDE * SIDE


def load() -> Dataset:
    """The photographs as (60000, 32, 32, 3) uint8, the 10,000 of the test set last.

    Raises:
        DataError: the file has not been downloaded, or is damaged.
    """
    return read(path_of(ARCHIVE, TITLE))


def read(path: Path) -> Dataset:
    """The photographs in the archive, read where they are: nothing is unpacked to the disk."""
    batches = _batches(path)
    records = [np.frombuffer(batches[name], np.uint8) for name in BATCHES]
    tables = [values.reshape(-1, RECORD_BYTES) for values in records]
    return Dataset(
        x=np.concatenate([_images(table[:, 1:]) for table in tables]),
        y=np.concatenate([table[:, 0] for table in tables]).astype(np.int64),
        kind="image",
        class_names=CLASSES,
    )


def _batches(path: Path) -> dict[str, bytes]:
    """The content of each batch, by file name; in one pass, since gzip cannot go back."""
    found = {}
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            name = PurePosixPath(member.name).name
            content = archive.extractfile(member) if name in BATCHES else None
            if content is not None:
                found[name] = content.read()
    return found


def _images(planes: np.ndarray) -> np.ndarray:
    """(n, 3072) with a plane a colour, as (n, 32, 32, 3)."""
    return np.ascontiguousarray(planes.reshape(-1, CHANNELS, SIDE, SIDE).transpose(0, 2, 3, 1))


SPEC = DatasetSpec(
    name="cifar-10",
    title=TITLE,
    summary="60,000 colour photographs of animals and vehicles in ten classes, 32 × 32.",
    facts=Facts(
        60_000,
        (SIDE, SIDE, CHANNELS),
        "image",
        (0, 255),
        bytes_of_grey=True,
        class_names=CLASSES,
    ),
    load=load,
    source="Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images",
    origin="downloaded",
    files=(ARCHIVE,),
    order=230,
)
