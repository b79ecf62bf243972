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
    _, spread, axes = np.linalg.svd(x - centre, full_matrices=False)
    carried = np.cumsum(spread**2) / max((spread**2).sum(), np.finfo(float).tiny)
    # One component is left out at least, or nothing would be odd.
    count = min(int(np.searchsorted(carried, VARIANCE)) + 1, max(1, len(axes) - 1))
    kept = axes[:count]
    return lambda rows: centre + (rows - centre) @ kept.T @ kept


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
