"""Proportions: shares of counted rows with their intervals."""

from __future__ import annotations

import math

import numpy as np

from aecore.evaluation.anomalies.detection import LEVEL, Estimate


def wilson(hits: int, rows: int) -> Estimate:
    """A share of rows with Wilson's 95 % interval; NaN of no rows.

    Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927.
    """
    if not rows:
        return Estimate(math.nan, math.nan, math.nan)
    from scipy.stats import binomtest

    low, high = binomtest(hits, rows).proportion_ci(LEVEL, method="wilson")
    return Estimate(hits / rows, float(low), float(high))


def exact(hits: int, rows: int) -> Estimate:
    """A share of rows with Clopper and Pearson's 95 % interval: quantiles of beta distributions.

    Nothing is known of no rows: from 0 to 1.
    """
    if not rows:
        return Estimate(math.nan, 0.0, 1.0)
    from scipy.stats import binomtest

    low, high = binomtest(hits, rows).proportion_ci(LEVEL, method="exact")
    return Estimate(hits / rows, float(low), float(high))


def exact_bands(hits: np.ndarray, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Low and high of `exact` for many counts (n,) of as many rows, one at least."""
    from scipy.stats import beta

    tail = (1 - LEVEL) / 2
    low = np.where(hits > 0, beta.ppf(tail, np.maximum(hits, 1), rows - hits + 1), 0.0)
    high = np.where(hits < rows, beta.ppf(1 - tail, hits + 1, np.maximum(rows - hits, 1)), 1.0)
    return low, high
