"""Conformal p-values: thresholds that promise how many normal rows raise an alarm.

A calibration part that neither weights nor scaling nor stopping have seen is exchangeable with new
normal rows, so P(p ≤ α) ≤ α for each of them, whatever the score and the data.
Source: Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005; Bates et al.,
Testing for Outliers with Conformal p-values, Annals of Statistics 2023.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aecore.errors import DataError

LEVEL = 0.95


@dataclass(frozen=True)
class Promise:
    """At most this share of normal rows raises an alarm, on average over calibration sets.

    Attributes:
        alpha: the share that is promised.
        threshold: scores at or above it raise an alarm.
        calibration: normal rows that it was set with.
        expected: the share that is really expected, ⌊(n + 1) α⌋ / (n + 1).
        low, high: 95 % of calibration sets of this size give a rate between these.
    """

    alpha: float
    threshold: float
    calibration: int
    expected: float
    low: float
    high: float


def p_values(calibration: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """(n,) p = (1 + #{calibration ≥ score}) / (m + 1) of scores (n,), from (m,) normal ones."""
    ordered = np.sort(calibration)
    at_least = len(ordered) - np.searchsorted(ordered, scores, side="left")
    return (1.0 + at_least) / (len(ordered) + 1.0)


def rows_needed(alpha: float) -> int:
    """The fewest calibration rows with which a rate of `alpha` can be promised: n ≥ 1/α − 1."""
    # Rounded first: 1/0.01 − 1 must not become 99.0000001.
    return max(1, math.ceil(round(1.0 / alpha - 1.0, 9)))


def nearest(rows: int) -> float:
    """The lowest rate in tenths of a percent that so many calibration rows can promise."""
    return math.ceil(round(1000.0 / (rows + 1), 9)) / 1000


def promise(calibration: np.ndarray, alpha: float) -> Promise:
    """The threshold that keeps the false-alarm rate at `alpha`, and the band that n rows allow.

    The rate that one calibration set really gives is distributed as Beta(k, n + 1 − k) with
    k = ⌊(n + 1)α⌋.

    Args:
        calibration: (n,) scores of normal rows that nothing was learned from.
        alpha: the share of normal rows that may raise an alarm, between 0 and 1.

    Raises:
        DataError: there are too few rows for this promise.
    """
    from scipy.stats import beta

    n, needed = len(calibration), rows_needed(alpha)
    if n < needed:
        raise DataError(
            f"A rate of {alpha:.2%} needs {needed:,} normal rows to calibrate with, and there "
            f"are {n:,}.",
            f"Allow at least {nearest(n):.1%} false alarms, or hold out more rows to calibrate.",
        )
    k = math.floor((n + 1) * alpha + 1e-9)
    low, high = beta.ppf([(1 - LEVEL) / 2, (1 + LEVEL) / 2], k, n + 1 - k)
    return Promise(alpha, _threshold(calibration, k), n, k / (n + 1), float(low), float(high))


def false_discoveries(p: np.ndarray, rate: float) -> np.ndarray:
    """(n,) whether a row of a batch is flagged so that, of those flagged, at most `rate` is normal.

    Benjamini and Hochberg's procedure on p-values (n,).
    """
    from scipy.stats import false_discovery_control

    if not len(p):
        return np.zeros(0, dtype=bool)
    return np.asarray(false_discovery_control(p, method="bh") <= rate)


def _threshold(calibration: np.ndarray, k: int) -> float:
    """The least score whose p-value is k / (n + 1): just above the k-th largest of all n."""
    ordered = np.sort(calibration)[::-1]
    return float(np.nextafter(ordered[k - 1], np.inf))
