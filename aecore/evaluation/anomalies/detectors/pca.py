"""PCA: rows far from the plane of the main components are odd; what a linear autoencoder finds."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.detectors._spec import DetectorSpec, Expecter, Scorer

VARIANCE = 0.9


def fit(x: np.ndarray, seed: int) -> Scorer:
    """Score: the squared distance from the components that carry 90 % of the variance."""
    expected = expect(x)
    return lambda rows: np.square(rows - expected(rows)).sum(axis=1)


def expect(x: np.ndarray) -> Expecter:
    """The nearest point in the plane of these components."""
    x = x.astype(np.float64)
    centre = x.mean(axis=0)
    variances, axes = _components(x - centre)
    carried = np.cumsum(variances) / max(variances.sum(), np.finfo(float).tiny)
    # One component is left out at least, or nothing would be odd.
    count = min(int(np.searchsorted(carried, VARIANCE)) + 1, max(1, len(axes) - 1))
    kept = axes[:count]
    return lambda rows: centre + (rows - centre) @ kept.T @ kept


def _components(centred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(k,) variances times the rows, the largest first, and the axes (k, features) of each."""
    if len(centred) <= centred.shape[1]:
        _, spread, axes = np.linalg.svd(centred, full_matrices=False)
        return np.square(spread), axes
    # Of many rows the covariance tells the same, many times as fast.
    variances, axes = np.linalg.eigh(centred.T @ centred)
    return np.maximum(variances[::-1], 0.0), axes.T[::-1]


SPEC = DetectorSpec(
    name="pca",
    title="PCA",
    summary="The squared distance from the components that carry 90 % of the variance.",
    source="Shyu et al., A Novel Anomaly Detection Scheme Based on Principal Components, 2003",
    fit=fit,
    expect=expect,
    expects="the nearest point in the plane of the main components",
    order=50,
)
