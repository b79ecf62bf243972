"""PCA: rows far from the plane of the main components are odd; what a linear autoencoder finds."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.detectors._spec import DetectorSpec, Scorer

VARIANCE = 0.9


def fit(x: np.ndarray, seed: int) -> Scorer:
    """Score: the squared distance from the components that carry 90 % of the variance."""
    x = x.astype(np.float64)
    centre = x.mean(axis=0)
    _, spread, axes = np.linalg.svd(x - centre, full_matrices=False)
    carried = np.cumsum(spread**2) / max((spread**2).sum(), np.finfo(float).tiny)
    # One component is left out at least, or nothing would be odd.
    count = min(int(np.searchsorted(carried, VARIANCE)) + 1, max(1, len(axes) - 1))
    kept = axes[:count]

    def score(rows: np.ndarray) -> np.ndarray:
        away = rows - centre
        return np.square(away - away @ kept.T @ kept).sum(axis=1)

    return score


SPEC = DetectorSpec(
    name="pca",
    title="PCA",
    summary="The squared distance from the components that carry 90 % of the variance.",
    source="Shyu et al., A Novel Anomaly Detection Scheme Based on Principal Components, 2003",
    fit=fit,
    order=50,
)
