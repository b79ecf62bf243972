"""`Judged`: scored rows by one score or detector, with what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from aecore.errors import DataError
from aecore.evaluation.anomalies.conformal import p_values
from aecore.evaluation.anomalies.detectors import DETECTORS
from aecore.evaluation.anomalies.scored_rows import (
    COMMITTEE,
    COMMITTEE_TITLE,
    UNTRAINED,
    UNTRAINED_TITLE,
    ScoredRows,
)
from aecore.evaluation.anomalies.scores import SCORES
from aecore.evaluation.anomalies.thresholds import THRESHOLDS, Scored, Threshold, set_threshold

ODD, NORMAL, UNKNOWN = 1, 0, -1
# Words that data sets call their odd class by, in lower case; "1" where the other is "0".
ODD_NAMES = (
    *("anomaly", "anomalous", "anomalies", "abnormal", "attack", "bad", "broken", "default"),
    *("defect", "defective", "faulty", "fault", "failure", "fraud", "intrusion", "malicious"),
    *("malignant", "novelty", "odd", "outlier", "positive", "rare", "spam", "yes", "true"),
)
ZERO_AND_ONE = ({"0", "1"}, {"0.0", "1.0"})


@dataclass(frozen=True)
class Judged:
    """Rows by one score.

    Attributes:
        name, title: of the score or the detector.
        position: (n,) places among the scored rows: all, or those that a detector was given.
        rows: (n,) row numbers in their data set.
        scores: (n,) higher is odder.
        calibration: (m,) scores of rows that nothing was learned from, those of odd classes left
            out.
        left_out: rows that were, of those that calibrate.
        kind: (n,) `ODD`, `NORMAL` or `UNKNOWN`; None where no class is called odd.
    """

    name: str
    title: str
    position: np.ndarray
    rows: np.ndarray
    scores: np.ndarray
    calibration: np.ndarray
    left_out: int
    kind: np.ndarray | None

    @property
    def p(self) -> np.ndarray | None:
        """(n,) p-values; None without rows to calibrate with."""
        return p_values(self.calibration, self.scores) if len(self.calibration) else None

    @property
    def known(self) -> np.ndarray:
        """(n,) whether a row is known to be odd or normal."""
        if self.kind is None:
            return np.zeros(len(self.scores), dtype=bool)
        return np.asarray(self.kind != UNKNOWN)

    @property
    def has_both(self) -> bool:
        """Whether odd and normal rows are known, so that a score can be judged by them."""
        return self.kind is not None and bool((self.kind == ODD).any() and (self.kind == 0).any())

    def threshold(self, rule: str, amount: float) -> Threshold:
        """Where a rule puts alarms; one that weighs labels sees the rows that are known.

        Raises:
            DataError: the rule cannot be kept with these rows.
        """
        scores, odd = self.scores, None
        if THRESHOLDS[rule].needs_labels and self.kind is not None:
            scores, odd = scores[self.known], self.kind[self.known] == ODD
        return set_threshold(rule, Scored(self.calibration, scores, odd), amount)


def titles_of(scored: ScoredRows) -> dict[str, str]:
    """All that the rows were scored by: name -> title, our own scores first."""
    named = {name: spec.title for name, spec in SCORES.items() if name in scored.scores}
    if scored.comparison is None:
        return named
    others = {name: spec.title for name, spec in DETECTORS.items()} | {
        UNTRAINED: UNTRAINED_TITLE,
        COMMITTEE: COMMITTEE_TITLE,
    }
    return named | {n: title for n, title in others.items() if n in scored.comparison.scores}


def judged(scored: ScoredRows, name: str, odd_classes: Collection[int] = ()) -> Judged:
    """The rows by one score, or by one detector.

    Args:
        name: one of `titles_of`.
        odd_classes: indices of the classes that are called odd; without any, nothing is known.

    Raises:
        DataError: the rows were not scored by it.
    """
    titles, comparison = titles_of(scored), scored.comparison
    if name not in titles:
        raise DataError("The rows were not scored by this.", "Choose another score.")
    if name in scored.scores:
        position, scores = np.arange(len(scored.rows)), scored.scores[name]
        calibration = scored.calibration.get(name, np.empty(0))
    else:
        assert comparison is not None
        position, scores = comparison.position, comparison.scores[name]
        calibration = comparison.calibration.get(name, np.empty(0))
    normal = _normal(scored.calibration_labels, len(calibration), odd_classes)
    return Judged(
        name=name,
        title=titles[name],
        position=position,
        rows=scored.rows[position],
        scores=scores,
        calibration=calibration[normal],
        left_out=int((~normal).sum()),
        kind=_kind(scored, position, odd_classes),
    )


def proposed_odd(class_names: Sequence[str], trained_on: Collection[str]) -> tuple[int, ...]:
    """Indices of the classes that are likely odd: those not trained on, or called so; or none.

    Args:
        trained_on: names of the classes that a run was to train on; empty for all.
    """
    if trained_on:
        return tuple(i for i, name in enumerate(class_names) if name not in trained_on)
    names = [name.strip().lower() for name in class_names]
    if set(names) in ZERO_AND_ONE:
        return (names.index(max(names)),)
    found = tuple(i for i, name in enumerate(names) if name in ODD_NAMES)
    return found if len(found) < len(names) else ()


def _normal(labels: np.ndarray | None, rows: int, odd_classes: Collection[int]) -> np.ndarray:
    if labels is None or len(labels) != rows:
        return np.ones(rows, dtype=bool)
    return ~np.isin(labels, list(odd_classes))


def _kind(
    scored: ScoredRows, position: np.ndarray, odd_classes: Collection[int]
) -> np.ndarray | None:
    if scored.label is None or not odd_classes:
        return None
    label = scored.label[position]
    kind = np.where(np.isin(label, list(odd_classes)), ODD, NORMAL)
    return np.where(label < 0, UNKNOWN, kind)
