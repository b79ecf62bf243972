"""70,000 pictures of clothes."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Download, Facts
from aecore.data.downloading import path_of

TITLE = "Fashion-MNIST, 70,000 pictures"
CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
MIRROR = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
IMAGES = (
    Download(
        MIRROR + "train-images-idx3-ubyte.gz", "md5:8d4fb7e6c68d591d4c3dfef9ec88bf0d", 26_421_880
    ),
    Download(
        MIRROR + "t10k-images-idx3-ubyte.gz", "md5:bef4ecab320f06d8554ea6380940ec79", 4_422_102
    ),
)
LABELS = (
    Download(MIRROR + "train-labels-idx1-ubyte.gz", "md5:25c81989df183df01b3e8a0aad5dffbe", 29_515),
    Download(MIRROR + "t10k-labels-idx1-ubyte.gz", "md5:bb300cfdad3c16e7a12a480ee83cd310", 5_148),
)


def load() -> Dataset:
    """The pictures as (70000, 28, 28, 1) uint8, the 10,000 of the test set last.

    Raises:
        DataError: a file has not been downloaded, or is damaged.
    """
    return read(
        [path_of(download, TITLE) for download in IMAGES],
        [path_of(download, TITLE) for download in LABELS],
    )


def read(images: list[Path], labels: list[Path]) -> Dataset:
    """Pictures and classes from IDX files, each kind joined in the order given."""
    x = np.concatenate([read_idx(path) for path in images])
    y = np.concatenate([read_idx(path) for path in labels])
    return Dataset(x=x[..., None], y=y.astype(np.int64), kind="image", class_names=CLASSES)


def read_idx(path: Path) -> np.ndarray:
    """The array of unsigned bytes in a gzipped IDX file.

    Four bytes come first, the last of which counts the dimensions; then the length of each
    dimension in four bytes, the most significant first; then the values.
    """
    content = gzip.decompress(path.read_bytes())
    dimensions = content[3]
    shape = np.frombuffer(content, ">u4", dimensions, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


SPEC = DatasetSpec(
    name="fashion-mnist",
    title=TITLE,
    summary="70,000 pieces of clothing of ten kinds as 28 × 28 grey images; harder than digits.",
    facts=Facts(70_000, (28, 28, 1), "image", (0, 255), bytes_of_grey=True, class_names=CLASSES),
    load=load,
    source="Xiao, Rasul and Vollgraf 2017, Fashion-MNIST, Zalando SE; the files that Keras fetches",
    origin="downloaded",
    files=(*IMAGES, *LABELS),
    order=220,
)
