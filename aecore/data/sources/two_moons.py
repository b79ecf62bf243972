"""Two half circles that reach into each other."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts

ROWS = 2000
NOISE = 0.05
SEED = 0
CLASSES = ("upper moon", "lower moon")


def load() -> Dataset:
    """(2000, 2) float; the upper moon is half of the unit circle, the lower one is centred at
    (1, ½)."""
    from sklearn.datasets import make_moons

    points, moon = make_moons(ROWS, noise=NOISE, random_state=SEED)
    return Dataset(
        x=points.astype("float32"),
        y=moon.astype("int64"),
        kind="table",
        class_names=CLASSES,
        feature_names=("x", "y"),
    )


SPEC = DatasetSpec(
    name="two-moons",
    title="Two moons",
    summary="2,000 points on two half circles that reach into each other.",
    facts=Facts(ROWS, (2,), "table", (-1.16, 2.1), class_names=CLASSES),
    load=load,
    source="made by scikit-learn",
    origin="generated",
    known="No straight line parts the moons, though a point's nearest neighbours always do.",
    order=140,
)
