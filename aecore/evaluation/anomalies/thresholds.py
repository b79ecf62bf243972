"""Thresholds: rules for where alarms begin, each with the rate of false alarms that it gives."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore.errors import DataError
from aecore.evaluation.anomalies import conformal
from aecore.evaluation.anomalies.detection import Estimate, cheapest_threshold
from aecore.evaluation.anomalies.proportions import exact
from aecore.wording import counted, verb


@dataclass(frozen=True)
class Scored:
    """Scores that a threshold is set from.

    Attributes:
        calibration: (m,) scores of normal rows that nothing was learned from.
        scores: (n,) scores of the rows in question.
        odd: (n,) whether each of them is an anomaly; None without labels.
    """

    calibration: np.ndarray
    scores: np.ndarray
    odd: np.ndarray | None = None


@dataclass(frozen=True)
class Amount:
    """The one number that a rule asks for, and what it may be."""

    title: str
    default: float
    low: float
    high: float
    whole: bool = False


def _no_reason(scored: Scored, amount: float) -> str:
    return ""


@dataclass(frozen=True)
class ThresholdSpec:
    """One rule: name, title, a sentence, the number that it asks for, and where it puts alarms.

    Attributes:
        place: (scores, amount) -> threshold; scores at or above it raise an alarm.
        band: (calibration (m,), threshold, amount) -> the share of normal rows that raise an
            alarm, with the 95 % interval that m rows allow.
        no_alarms: (scores, amount) -> a sentence why it may raise none; empty without a reason.
        needs_labels, needs_calibration: what it cannot do without.
    """

    name: str
    title: str
    summary: str
    amount: Amount
    place: Callable[[Scored, float], float]
    band: Callable[[np.ndarray, float, float], Estimate]
    no_alarms: Callable[[Scored, float], str] = _no_reason
    needs_labels: bool = False
    needs_calibration: bool = False


@dataclass(frozen=True)
class Threshold:
    """Where alarms begin, and what that means.

    Attributes:
        rule: name of the rule.
        amount: the number that it was given.
        threshold: scores at or above it raise an alarm.
        alarms, rows: of the rows in question.
        normal_rate: share of normal rows that raise an alarm, with its 95 % interval.
        calibration: normal rows that this rate was found with.
        note: why there are no alarms, as a sentence; empty otherwise.
    """

    rule: str
    amount: float
    threshold: float
    alarms: int
    rows: int
    normal_rate: Estimate
    calibration: int
    note: str = ""

    @property
    def sentence(self) -> str:
        """How many rows raise an alarm, and how many normal ones are to be expected among such."""
        alarms = (
            f"{self.alarms:,} of {counted(self.rows, 'row')} "
            f"{verb(self.alarms, 'raises', 'raise')} an alarm."
        )
        if not self.calibration:
            return f"{alarms} How many normal rows do is not known without rows to calibrate with."
        rate = self.normal_rate
        return (
            f"{alarms} Of normal rows {rate.value:.1%} do; "
            f"{counted(self.calibration, 'row')} to calibrate "
            f"with tell this rate to lie between {rate.low:.1%} and {rate.high:.1%}."
        )


def set_threshold(rule: str, scored: Scored, amount: float) -> Threshold:
    """The threshold that a rule gives, with the alarms that follow.

    Raises:
        DataError: the rule cannot be kept with these rows, or scores are no numbers.
    """
    spec = THRESHOLDS[rule]
    _check(spec, scored, amount)
    threshold = spec.place(scored, amount)
    alarms = int((scored.scores >= threshold).sum())
    return Threshold(
        rule=rule,
        amount=amount,
        threshold=threshold,
        alarms=alarms,
        rows=len(scored.scores),
        normal_rate=spec.band(scored.calibration, threshold, amount),
        calibration=len(scored.calibration),
        note="" if alarms else spec.no_alarms(scored, amount),
    )


def _check(spec: ThresholdSpec, scored: Scored, amount: float) -> None:
    asked = spec.amount
    if not asked.low <= amount <= asked.high:
        raise DataError(
            f"{asked.title} cannot be {amount:g}.",
            f"Choose a number from {asked.low:g} to {asked.high:g}.",
        )
    if not len(scored.scores):
        raise DataError("There are no rows to set a threshold for.", "Score some rows first.")
    if not (np.isfinite(scored.scores).all() and np.isfinite(scored.calibration).all()):
        raise DataError(
            "Some scores are no numbers.", "Leave out rows with values that are missing or huge."
        )
    if spec.needs_calibration and not len(scored.calibration):
        raise DataError(
            "There are no normal rows to calibrate with.",
            "Hold out rows to calibrate, or choose the number of rows to review.",
        )
    if spec.needs_labels and (scored.odd is None or not 0 < scored.odd.sum() < len(scored.odd)):
        raise DataError(
            "Costs can be weighed only where rows of both kinds are known: odd and normal.",
            "Choose another rule, or give labels.",
        )


def _counted(calibration: np.ndarray, threshold: float, amount: float) -> Estimate:
    return exact(int((calibration >= threshold).sum()), len(calibration))


def _promised(calibration: np.ndarray, threshold: float, amount: float) -> Estimate:
    kept = conformal.promise(calibration, amount)
    return Estimate(kept.expected, kept.low, kept.high)


def _promise(scored: Scored, alpha: float) -> float:
    return conformal.promise(scored.calibration, alpha).threshold


def _discoveries(scored: Scored, rate: float) -> float:
    p = conformal.p_values(scored.calibration, scored.scores)
    flagged = scored.scores[conformal.false_discoveries(p, rate)]
    return float(flagged.min()) if len(flagged) else _above(scored.scores.max())


def _too_few(scored: Scored, rate: float) -> str:
    """The least p-value is 1 / (m + 1); so many rows must have it for the first to be
    flagged.
    """
    rows, m = len(scored.scores), len(scored.calibration)
    needed = math.ceil(round(rows / (rate * (m + 1)), 9))
    if needed <= 1:
        return ""
    return (
        f"With {counted(m, 'row')} to calibrate with, none of {rows:,} is flagged before "
        f"{needed:,} of them "
        "lie above all of those: calibrate with more rows, or look at fewer at once."
    )


def _most(scored: Scored, rows: float) -> float:
    """The least threshold with at most so many alarms: equal scores are flagged all or none."""
    ordered = np.sort(scored.scores)[::-1]
    count = int(rows)
    return float(ordered[-1]) if count >= len(ordered) else _above(ordered[count])


def _share(scored: Scored, share: float) -> float:
    # Rounded first: 0.29 of 100 rows must not become 28.
    return _most(scored, np.floor(round(share * len(scored.scores), 9)))


def _percentile(scored: Scored, percent: float) -> float:
    return float(np.percentile(scored.calibration, percent))


def _sigmas(scored: Scored, count: float) -> float:
    return float(scored.calibration.mean() + count * scored.calibration.std())


def _cheapest(scored: Scored, ratio: float) -> float:
    assert scored.odd is not None
    return cheapest_threshold(scored.scores, scored.odd, miss=ratio, alarm=1.0)


def _above(score: float) -> float:
    return float(np.nextafter(score, np.inf))


_RULES = (
    ThresholdSpec(
        name="promise",
        title="A promise about false alarms",
        summary="At most this share of normal rows raises an alarm, whatever the score.",
        amount=Amount("Share of normal rows that may raise an alarm", 0.01, 0.0001, 0.5),
        place=_promise,
        band=_promised,
        needs_calibration=True,
    ),
    ThresholdSpec(
        name="false-discoveries",
        title="Share of alarms that may be false",
        summary="Of the rows flagged together, at most this share is normal on average.",
        amount=Amount("Share of alarms that may be false", 0.1, 0.001, 0.9),
        place=_discoveries,
        band=_counted,
        no_alarms=_too_few,
        needs_calibration=True,
    ),
    ThresholdSpec(
        name="review",
        title="Number of rows to review",
        summary="The oddest rows, as many as somebody has time to look at.",
        amount=Amount("Rows to review", 20, 1, 1_000_000, whole=True),
        place=_most,
        band=_counted,
    ),
    ThresholdSpec(
        name="contamination",
        title="Share of rows taken to be odd",
        summary="The oddest rows, this share of them all; it flags as many where none is odd.",
        amount=Amount("Share taken to be odd", 0.05, 0.0, 0.5),
        place=_share,
        band=_counted,
    ),
    ThresholdSpec(
        name="percentile",
        title="Percentile",
        summary="A percentile of the scores of normal rows.",
        amount=Amount("Percentile", 95.0, 50.0, 100.0),
        place=_percentile,
        band=_counted,
        needs_calibration=True,
    ),
    ThresholdSpec(
        name="sigmas",
        title="Mean and standard deviations",
        summary="So many standard deviations above the mean score of normal rows; scores are "
        "skewed, so look at the rate that it gives.",
        amount=Amount("Standard deviations above the mean", 3.0, 0.0, 20.0),
        place=_sigmas,
        band=_counted,
        needs_calibration=True,
    ),
    ThresholdSpec(
        name="cost",
        title="Cost of a miss",
        summary="Where labels are known: the least cost of misses and false alarms together.",
        amount=Amount("False alarms that one miss is worth", 10.0, 0.01, 10_000.0),
        place=_cheapest,
        band=_counted,
        needs_labels=True,
    ),
)

THRESHOLDS: dict[str, ThresholdSpec] = {spec.name: spec for spec in _RULES}
