"""ECOD: rows far out in the tails of each column's empirical distribution are odd."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.detectors._expecting import middle
from aecore.evaluation.anomalies.detectors._spec import DetectorSpec, Scorer


def fit(x: np.ndarray, seed: int) -> Scorer:
    """Score: the largest of Σ −log left tail, Σ −log right tail, and Σ of the skewed side's."""
    # Each column in one piece of memory: of wide rows that is many times as fast.
    ordered = np.sort(np.ascontiguousarray(x.T))

    def score(rows: np.ndarray) -> np.ndarray:
        sums = np.zeros((3, len(rows)))
        for values, asked in zip(ordered, np.ascontiguousarray(rows.T), strict=True):
            sums += _tails(values, asked)
        return sums.max(axis=0)

    return score


def _tails(ordered: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """(3, n) of a column: −log of the left tail, of the right one, and of the skewed side's.

    A tail is the share of training values that lie as far out, the value itself counted in.
    """
    up_to = np.searchsorted(ordered, asked, side="right")
    from_on = len(ordered) - np.searchsorted(ordered, asked, side="left")
    left, right = (-np.log((tail + 1.0) / (len(ordered) + 1.0)) for tail in (up_to, from_on))
    skewed_right = ((ordered - ordered.mean(dtype=np.float64)) ** 3).mean(dtype=np.float64) >= 0
    return np.stack([left, right, right if skewed_right else left])


SPEC = DetectorSpec(
    name="ecod",
    title="ECOD",
    summary="Adds up how far out each value lies in its column's tails; columns one by one.",
    source="Li et al., ECOD: Unsupervised Outlier Detection Using Empirical CDFs, TKDE 2022",
    fit=fit,
    expect=middle,
    most_values=8_000_000,
    expects="the median of the training rows",
    order=20,
)
