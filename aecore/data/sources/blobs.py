"""Five round clusters in ten dimensions."""

from __future__ import annotations

from aecore.data.dataset import Dataset, DatasetSpec, Facts

ROWS = 2000
FEATURES = 10
CLUSTERS = 5
SEED = 0
CLASSES = tuple(f"cluster {number + 1}" for number in range(CLUSTERS))


def load() -> Dataset:
    """(2000, 10) float: normal clusters of standard deviation 1, 400 points each."""
    from sklearn.datasets import make_blobs

    points, cluster = make_blobs(
        ROWS, n_features=FEATURES, centers=CLUSTERS, cluster_std=1.0, random_state=SEED
    )
    return Dataset(
        x=points.astype("float32"),
        y=cluster.astype("int64"),
        kind="table",
        class_names=CLASSES,
        feature_names=tuple(f"feature {number + 1}" for number in range(FEATURES)),
    )


SPEC = DatasetSpec(
    name="blobs",
    title="Blobs",
    summary="2,000 points in five round clusters, in ten dimensions.",
    facts=Facts(ROWS, (FEATURES,), "table", (-12.6, 12.7), class_names=CLASSES),
    load=load,
    source="made by scikit-learn",
    origin="generated",
    known="Five centres span four dimensions: with a code of four, PCA keeps the clusters apart, "
    "and its mean squared error is the variance in the other six, 0.6.",
    order=150,
)
