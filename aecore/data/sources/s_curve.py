"""A sheet bent into the letter S."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts

ROWS = 3000
NOISE = 0.02
SEED = 0


def load() -> Dataset:
    """(3000, 3) float; the factor is the angle at which a point lies on the S, in radians."""
    from sklearn.datasets import make_s_curve

    points, angle = make_s_curve(ROWS, noise=NOISE, random_state=SEED)
    return Dataset(
        x=points.astype("float32"),
        y=None,
        kind="table",
        feature_names=("x", "y", "z"),
        factors={"position along the S": angle.astype("float32")},
    )


SPEC = DatasetSpec(
    name="s-curve",
    title="S-curve",
    summary="3,000 points on a flat sheet that is bent into the letter S.",
    facts=Facts(ROWS, (3,), "table", (-2.05, 2.05)),
    load=load,
    source="made by scikit-learn",
    origin="generated",
    known="The sheet has two dimensions: two numbers tell every point up to noise.",
    order=130,
)
