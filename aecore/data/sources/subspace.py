"""Points on a flat of five dimensions within twenty: data whose dimension is known."""

from __future__ import annotations

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Facts

ROWS = 2000
FEATURES = 20
DIMENSIONS = 5
NOISE = 0.01
SEED = 0
# Standard deviations along the flat's own axes; apart, so that PCA finds the axes one by one.
SPREADS = (3.0, 2.5, 2.0, 1.5, 1.0)


def load() -> Dataset:
    """(2000, 20) float: x = z A + noise, z normal along five axes A that are at right angles."""
    random = np.random.default_rng(SEED)
    axes = np.linalg.qr(random.normal(size=(FEATURES, DIMENSIONS)))[0].T
    position = random.normal(0, SPREADS, (ROWS, DIMENSIONS))
    points = position @ axes + random.normal(0, NOISE, (ROWS, FEATURES))
    return Dataset(
        x=points.astype(np.float32),
        y=None,
        kind="table",
        feature_names=tuple(f"feature {number + 1}" for number in range(FEATURES)),
        factors={
            f"axis {number + 1}": position[:, number].astype(np.float32)
            for number in range(DIMENSIONS)
        },
    )


SPEC = DatasetSpec(
    name="subspace",
    title="Subspace",
    summary="2,000 points of 20 features that lie on a flat of five dimensions, but for a little "
    "noise.",
    facts=Facts(ROWS, (FEATURES,), "table", (-5.1, 6.1)),
    load=load,
    source="generated",
    origin="generated",
    known="The dimension is exactly five: with a code of five, PCA and a linear autoencoder reach "
    "a mean squared error of 0.000075, which is noise; with four, at best 0.05.",
    order=160,
)
