"""70,000 handwritten digits."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Download, Facts
from aecore.data.downloading import path_of

TITLE = "MNIST, 70,000 digits"
CLASSES = tuple("0123456789")
ARCHIVE = Download(
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
    "sha256:731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
    11_490_434,
)


def load() -> Dataset:
    """The digits as (70000, 28, 28, 1) uint8, the 10,000 of the test set last.

    Raises:
        DataError: the file has not been downloaded, or is damaged.
    """
    return read(path_of(ARCHIVE, TITLE))


def read(path: Path) -> Dataset:
    """The digits in Keras's archive: x_train, y_train, x_test and y_test."""
    with np.load(path, allow_pickle=False) as archive:
        x = np.concatenate([archive["x_train"], archive["x_test"]])
        y = np.concatenate([archive["y_train"], archive["y_test"]])
    return Dataset(x=x[..., None], y=y.astype(np.int64), kind="image", class_names=CLASSES)


SPEC = DatasetSpec(
    name="mnist",
    title=TITLE,
    summary="All 70,000 handwritten digits of MNIST as 28 × 28 grey images.",
    facts=Facts(70_000, (28, 28, 1), "image", (0, 255), bytes_of_grey=True, class_names=CLASSES),
    load=load,
    source="LeCun, Cortes and Burges, MNIST; the file that Keras fetches",
    origin="downloaded",
    files=(ARCHIVE,),
    order=210,
)
