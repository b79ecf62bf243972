"""400 photographs of 40 people's faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Download, Facts
from aecore.data.downloading import path_of
from aecore.data.sources._order import shuffled

TITLE = "Olivetti faces, 64 × 64"
SIDE = 64
PHOTOGRAPHS_EACH = 10
CLASSES = tuple(f"person {number + 1}" for number in range(40))
# The provider gives no size; this one is rounded.
FILE = Download(
    "https://ndownloader.figshare.com/files/5976027",
    "sha256:b612fb967f2dc77c9c62d3e1266e0c73d5fca46a4b8906c18e454d41af987794",
    4_200_000,
)


def load() -> Dataset:
    """The photographs as (400, 64, 64, 1) uint8.

    Raises:
        DataError: the file has not been downloaded, or is damaged.
    """
    return read(path_of(FILE, TITLE))


def read(path: Path) -> Dataset:
    """The photographs in a MATLAB file: a column of `faces` each, sorted by person."""
    from scipy.io import loadmat

    faces = np.asarray(loadmat(path, variable_names=["faces"])["faces"])
    # MATLAB stores an image column by column.
    images = faces.T.reshape(-1, SIDE, SIDE).transpose(0, 2, 1).astype(np.uint8)
    y = np.arange(len(images)) // PHOTOGRAPHS_EACH
    x = np.ascontiguousarray(images[..., None])
    return shuffled(Dataset(x=x, y=y, kind="image", class_names=CLASSES))


SPEC = DatasetSpec(
    name="olivetti-faces",
    title=TITLE,
    summary="400 grey photographs of 40 people, ten of each, in varied light and mood.",
    facts=Facts(400, (SIDE, SIDE, 1), "image", (0, 255), bytes_of_grey=True, class_names=CLASSES),
    load=load,
    source="AT&T Laboratories Cambridge, Olivetti faces, prepared by Roweis; "
    "the file that scikit-learn fetches",
    origin="downloaded",
    files=(FILE,),
    order=240,
)
