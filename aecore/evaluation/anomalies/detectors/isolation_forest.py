"""Isolation Forest: rows that few random cuts separate from the rest are odd."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.detectors._expecting import middle
from aecore.evaluation.anomalies.detectors._spec import DetectorSpec, Scorer

TREES = 200


def fit(x: np.ndarray, seed: int) -> Scorer:
    """Score: minus the mean depth at which a row is alone, normalised as in the source."""
    from sklearn.ensemble import IsolationForest

    forest = IsolationForest(n_estimators=TREES, random_state=seed).fit(x)
    return lambda rows: -np.asarray(forest.score_samples(rows))


SPEC = DetectorSpec(
    name="isolation-forest",
    title="Isolation Forest",
    summary="Cuts the data at random; rows that are soon alone are odd.",
    source="Liu, Ting and Zhou, Isolation Forest, ICDM 2008",
    fit=fit,
    expect=middle,
    expects="the median of the training rows",
    order=10,
)
