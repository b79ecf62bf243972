"""Points on a circle: the simplest data that a code of one number cannot hold whole."""

from __future__ import annotations

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Facts

ROWS = 2000
NOISE = 0.02
SEED = 0


def load() -> Dataset:
    """(2000, 2) float: x and y of points at radius 1, with normal noise on both."""
    random = np.random.default_rng(SEED)
    angle = random.uniform(-np.pi, np.pi, ROWS)
    points = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return Dataset(
        x=(points + random.normal(0, NOISE, points.shape)).astype(np.float32),
        y=None,
        kind="table",
        feature_names=("x", "y"),
        factors={"angle": angle.astype(np.float32)},
    )


SPEC = DatasetSpec(
    name="circle",
    title="Circle",
    summary="2,000 points on a circle in the plane, with a little noise.",
    facts=Facts(ROWS, (2,), "table", (-1.06, 1.06)),
    load=load,
    source="generated",
    origin="generated",
    known="The circle has one dimension but is closed: a code of one number must tear it "
    "somewhere, and PCA with one number loses half of it.",
    order=110,
)
