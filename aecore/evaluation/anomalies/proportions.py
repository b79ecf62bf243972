"""Proportions: shares of counted rows with their intervals."""

from __future__ import annotations

import math

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
