"""ECOD: rows far out in the tails of each column's empirical distribution are odd."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.detectors._expecting import middle
from aecore.evaluation.anomalies.detectors._spec import DetectorSpec, Scorer


def fit(x: np.ndarray, seed: int) -> Scorer:
    """Score: the largest of Σ −log left tail, Σ −log right tail, and Σ of the skewed side's."""
    ordered = np.sort(x.astype(np.float64), axis=0)
    centred = ordered - ordered.mean(axis=0)
    skewed_right = (centred**3).mean(axis=0) >= 0

    def score(rows: np.ndarray) -> np.ndarray:
        left = -np.log(_share(ordered, rows))
        right = -np.log(_share(-ordered[::-1], -rows))
        by_skew = np.where(skewed_right, right, left)
        sums = [side.sum(axis=1) for side in (left, right, by_skew)]
        return np.max(sums, axis=0)

    return score


def _share(ordered: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """(n, columns) share of training values up to each value, the value itself counted in."""
    found = np.empty(rows.shape)
    for column in range(rows.shape[1]):
        found[:, column] = np.searchsorted(ordered[:, column], rows[:, column], side="right")
    return (found + 1.0) / (len(ordered) + 1.0)


SPEC = DetectorSpec(
    name="ecod",
    title="ECOD",
    summary="Adds up how far out each value lies in its column's tails; columns one by one.",
    source="Li et al., ECOD: Unsupervised Outlier Detection Using Empirical CDFs, TKDE 2022",
    fit=fit,
    expect=middle,
    expects="the median of the training rows",
    order=20,
)
