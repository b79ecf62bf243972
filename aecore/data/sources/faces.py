"""200 small photographs, half of them of faces."""

from __future__ import annotations

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Facts
from aecore.data.sources._order import shuffled

CLASSES = ("face", "not a face")
FACES = 100


def load() -> Dataset:
    """The patches as (200, 25, 25, 1) float, values 0 to 1; the packaged file is sorted."""
    from skimage.data import lfw_subset

    patches = lfw_subset()
    y = (np.arange(len(patches)) >= FACES).astype(np.int64)
    x = patches[..., None].astype(np.float32)
    return shuffled(Dataset(x=x, y=y, kind="image", class_names=CLASSES))


SPEC = DatasetSpec(
    name="faces",
    title="Faces, 25 × 25",
    summary="100 grey photographs of faces and 100 of what was behind them: faces to train on, "
    "the others to be found as anomalies.",
    facts=Facts(200, (25, 25, 1), "image", (0, 1), class_names=CLASSES),
    load=load,
    source="Huang, Mattar, Lee and Learned-Miller 2012, Labeled Faces in the Wild; "
    "200 patches as packaged by scikit-image",
    order=40,
)
