"""A sheet rolled up in space."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts

ROWS = 3000
NOISE = 0.1
SEED = 0


def load() -> Dataset:
    """(3000, 3) float; the factor is the angle at which a point lies on the roll, in radians."""
    from sklearn.datasets import make_swiss_roll

    points, angle = make_swiss_roll(ROWS, noise=NOISE, random_state=SEED)
    return Dataset(
        x=points.astype("float32"),
        y=None,
        kind="table",
        feature_names=("x", "y", "z"),
        factors={"position along the roll": angle.astype("float32")},
    )


SPEC = DatasetSpec(
    name="swiss-roll",
    title="Swiss roll",
    summary="3,000 points on a flat sheet that is rolled up in space.",
    facts=Facts(ROWS, (3,), "table", (-11.3, 21.2)),
    load=load,
    source="Marsland 2009, Machine Learning: An Algorithmic Perspective; made by scikit-learn",
    origin="generated",
    known="The sheet has two dimensions, so two numbers tell every point up to noise; PCA with "
    "two cannot, since the sheet is curved.",
    order=120,
)
