"""Local outlier factor: rows in emptier surroundings than their neighbours' are odd."""

from __future__ import annotations

from functools import partial

import numpy as np

from aecore.evaluation.anomalies.detectors._expecting import of_neighbours
from aecore.evaluation.anomalies.detectors._spec import DetectorSpec, Scorer

NEIGHBOURS = 20


def fit(x: np.ndarray, seed: int) -> Scorer:
    """Score: the local outlier factor of new rows among the training rows."""
    from sklearn.neighbors import LocalOutlierFactor

    neighbours = max(1, min(NEIGHBOURS, len(x) - 1))
    factor = LocalOutlierFactor(n_neighbors=neighbours, novelty=True).fit(x)
    return lambda rows: -np.asarray(factor.score_samples(rows))


SPEC = DetectorSpec(
    name="lof",
    title="Local outlier factor",
    summary="Compares how dense a row's surroundings are with those of its neighbours.",
    source="Breunig et al., LOF: Identifying Density-Based Local Outliers, SIGMOD 2000",
    fit=fit,
    expect=partial(of_neighbours, count=NEIGHBOURS),
    expects="the mean of the 20 nearest training rows",
    most_rows=10_000,
    most_values=3_000_000,
    order=40,
)
