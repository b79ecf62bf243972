"""k nearest neighbours: rows far from their fifth neighbour are odd."""

from __future__ import annotations

from functools import partial

import numpy as np

from aecore.evaluation.anomalies.detectors._expecting import of_neighbours
from aecore.evaluation.anomalies.detectors._spec import DetectorSpec, Scorer

NEIGHBOURS = 5


def fit(x: np.ndarray, seed: int) -> Scorer:
    """Score: the Euclidean distance to the fifth nearest training row."""
    from sklearn.neighbors import NearestNeighbors

    near = NearestNeighbors(n_neighbors=min(NEIGHBOURS, len(x))).fit(x)
    return lambda rows: np.asarray(near.kneighbors(rows)[0][:, -1])


SPEC = DetectorSpec(
    name="knn",
    title="Nearest neighbours",
    summary="The distance to the fifth nearest training row.",
    source="Ramaswamy, Rastogi and Shim, Efficient Algorithms for Mining Outliers, SIGMOD 2000",
    fit=fit,
    expect=partial(of_neighbours, count=NEIGHBOURS),
    expects="the mean of the five nearest training rows",
    most_rows=10_000,
    most_values=3_000_000,
    order=30,
)
