"""Uncertainty of held-out figures: how far they could lie off, judged by other samples like these.

Another draw of held-out rows would give other figures. What lies within that is no difference.
"""

from __future__ import annotations

import math

import numpy as np

from aecore.evaluation.metrics import NO_ERROR, Measured
from aecore.evaluation.samples import sample_errors

DRAWS = 500
# Of a hundred draws, how many lie within the bounds.
WITHIN = 95
# More rows than this have errors so certain that fewer say the same.
MOST_ROWS = 5000


def uncertainty(measured: Measured, seed: int) -> dict[str, float]:
    """How certain the error and its ratio to PCA's are; NaN of a single row.

    `mse_error` is the standard error of the MSE; `relative_to_pca_low` and `_high` bound the
    ratio to PCA's with 95 % of 500 bootstrap draws of the rows (Efron's percentile interval).
    """
    own = sample_errors(measured.x, measured.x_hat)
    pca = sample_errors(measured.x, measured.by_pca)
    found = {"mse_error": standard_error(own)}
    low, high = ratio_bounds(own[:MOST_ROWS], pca[:MOST_ROWS], seed)
    return {**found, "relative_to_pca_low": low, "relative_to_pca_high": high}


def standard_error(values: np.ndarray) -> float:
    """Standard error of the mean of independent values (n,); NaN of fewer than two."""
    if len(values) < 2:
        return math.nan
    return float(values.std(ddof=1, dtype=np.float64) / math.sqrt(len(values)))


def ratio_bounds(own: np.ndarray, other: np.ndarray, seed: int) -> tuple[float, float]:
    """The middle 95 % of mean(own) / mean(other) over bootstrap draws of the pairs (n,).

    NaN for fewer than two pairs, and where the others are no errors at all.
    """
    if len(own) < 2 or float(other.mean()) <= NO_ERROR:
        return math.nan, math.nan
    pairs = np.stack([own, other]).astype(np.float64)
    random = np.random.default_rng(seed)
    counts = random.multinomial(len(own), np.full(len(own), 1 / len(own)), DRAWS)
    means = counts @ pairs.T
    ratios = means[:, 0] / np.maximum(means[:, 1], NO_ERROR)
    low, high = np.percentile(ratios, [(100 - WITHIN) / 2, (100 + WITHIN) / 2])
    return float(low), float(high)
