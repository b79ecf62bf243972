"""Detection: how well scores tell labelled anomalies from normal rows, with intervals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

# How often each anomaly, and each normal row, is drawn.
Drawn = tuple[np.ndarray, ...]
RESAMPLES = 500
LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A number and its interval; NaN where it cannot be computed."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Detection:
    """How well scores find anomalies.

    Attributes:
        auroc: how often an anomaly scores higher than a normal row, ties half; .5 is chance.
        auprc: average precision; `prevalence` is chance.
        prevalence: share of anomalies among the rows.
        anomalies, rows: counts.
    """

    auroc: Estimate
    auprc: Estimate
    prevalence: float
    anomalies: int
    rows: int

    @property
    def is_inverted(self) -> bool:
        """Whether anomalies score lower than normal rows beyond the interval."""
        return self.auroc.high < 0.5


@dataclass(frozen=True)
class Confusion:
    """What a threshold does to labelled rows."""

    hits: int
    misses: int
    false_alarms: int
    passed: int

    @property
    def precision(self) -> float:
        """Share of alarms that are anomalies; NaN without alarms."""
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        """Share of anomalies that raise an alarm; NaN without anomalies."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)

    @property
    def false_alarm_rate(self) -> float:
        """Share of normal rows that raise an alarm; NaN without normal rows."""
        return _share(self.false_alarms, self.false_alarms + self.passed)


def assess(scores: np.ndarray, odd: np.ndarray, seed: int = 0) -> Detection:
    """AUROC and AUPRC with bootstrap intervals, resampled within anomalies and normal rows.

    Args:
        scores: (n,), higher is odder.
        odd: (n,) whether a row is an anomaly.
    """
    odd = odd.astype(bool)
    anomalies, normal = scores[odd], scores[~odd]
    value = auroc(anomalies, normal), average_precision(anomalies, normal)
    drawn = np.full((1, 2), math.nan)
    if len(anomalies) and len(normal):
        ranked = Ranked.of(scores, odd)
        drawn = np.array(
            [(ranked.auroc(*d), ranked.average_precision(*d)) for d in resamples(odd, seed)]
        )
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return Detection(
        auroc=Estimate(value[0], float(low[0]), float(high[0])),
        auprc=Estimate(value[1], float(low[1]), float(high[1])),
        prevalence=_share(len(anomalies), len(odd)),
        anomalies=len(anomalies),
        rows=len(odd),
    )


def auroc(anomalies: np.ndarray, normal: np.ndarray) -> float:
    """P(anomaly scores higher) + ½ P(equal), from the scores of both; NaN where one is empty."""
    if not len(anomalies) or not len(normal):
        return math.nan
    ordered = np.sort(normal)
    below = np.searchsorted(ordered, anomalies, side="left")
    up_to = np.searchsorted(ordered, anomalies, side="right")
    return float(((below + up_to) / 2).mean() / len(normal))


def average_precision(anomalies: np.ndarray, normal: np.ndarray) -> float:
    """Σ (Rₙ − Rₙ₋₁) Pₙ over thresholds, as scikit-learn has it; NaN where one is empty."""
    if not len(anomalies) or not len(normal):
        return math.nan
    levels, counts = np.unique(anomalies, return_counts=True)
    found = np.cumsum(counts[::-1])
    alarms = len(normal) - np.searchsorted(np.sort(normal), levels[::-1], side="left")
    return float((counts[::-1] * found / (found + alarms)).sum() / len(anomalies))


def confusion(scores: np.ndarray, odd: np.ndarray, threshold: float) -> Confusion:
    """Counts at a threshold; a score at it raises an alarm."""
    odd, alarm = odd.astype(bool), scores >= threshold
    return Confusion(
        hits=int((odd & alarm).sum()),
        misses=int((odd & ~alarm).sum()),
        false_alarms=int((~odd & alarm).sum()),
        passed=int((~odd & ~alarm).sum()),
    )


def cheapest_threshold(scores: np.ndarray, odd: np.ndarray, miss: float, alarm: float) -> float:
    """The threshold with the least cost on these rows, a miss and a false alarm costing so much."""
    odd = odd.astype(bool)
    levels = np.append(np.unique(scores), np.nextafter(scores.max(), np.inf))
    missed = np.searchsorted(np.sort(scores[odd]), levels, side="left")
    alarmed = (~odd).sum() - np.searchsorted(np.sort(scores[~odd]), levels, side="left")
    return float(levels[np.argmin(miss * missed + alarm * alarmed)])


def resamples(odd: np.ndarray, seed: int = 0) -> Iterator[Drawn]:
    """How often each anomaly and each normal row is drawn, with replacement, each kind apart.

    Args:
        odd: (n,) whether a row is an anomaly; both kinds occur.
    """
    random = np.random.default_rng(seed)
    for _ in range(RESAMPLES):
        yield tuple(
            np.bincount(random.integers(0, rows, rows), minlength=rows)
            for rows in (int(odd.sum()), int((~odd).sum()))
        )


@dataclass(frozen=True)
class Ranked:
    """Scores in order, so that each resample costs no sorting.

    Attributes:
        odd, normal: (a,) and (m,) the orders of both kinds, those of anomalies downwards.
        below, up_to: (a,) normal rows that score lower than each anomaly, and up to as high.
        end: (a,) of each anomaly, the place behind the last that scores the same.
    """

    odd: np.ndarray
    normal: np.ndarray
    below: np.ndarray
    up_to: np.ndarray
    end: np.ndarray

    @classmethod
    def of(cls, scores: np.ndarray, odd: np.ndarray) -> Ranked:
        """Scores (n,) of rows, of which odd (n,) are anomalies."""
        anomalies, normal = scores[odd], scores[~odd]
        downwards, upwards = np.argsort(-anomalies, kind="stable"), np.argsort(normal)
        anomalies, normal = anomalies[downwards], normal[upwards]
        return cls(
            odd=downwards,
            normal=upwards,
            below=np.searchsorted(normal, anomalies, side="left"),
            up_to=np.searchsorted(normal, anomalies, side="right"),
            end=np.searchsorted(-anomalies, -anomalies, side="right"),
        )

    def auroc(self, of_odd: np.ndarray, of_normal: np.ndarray) -> float:
        """Of a resample, as `resamples` gives it."""
        passed = _counted(of_normal[self.normal])
        beaten = (passed[self.below] + passed[self.up_to]) / 2
        return float((of_odd[self.odd] * beaten).sum() / (len(self.odd) * len(self.normal)))

    def average_precision(self, of_odd: np.ndarray, of_normal: np.ndarray) -> float:
        """Of a resample, as `resamples` gives it."""
        drawn, passed = of_odd[self.odd], _counted(of_normal[self.normal])
        found, alarms = _counted(drawn)[self.end], len(self.normal) - passed[self.below]
        # An anomaly that was not drawn counts nothing, and may be the first of all.
        return float((drawn * found / np.maximum(found + alarms, 1)).sum() / len(self.odd))


def _counted(times: np.ndarray) -> np.ndarray:
    """(n + 1,) how many there are before each place."""
    return np.concatenate([[0], np.cumsum(times)])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
