"""Is each class compared with the normal rows alone?"""

from __future__ import annotations

import math

import numpy as np

from aecore.evaluation.anomalies.by_class import by_class
from aecore.evaluation.anomalies.detection import assess

NAMES = ("cat", "dog", "fox", "owl")
LABELS = np.repeat([0, 1, 2, 3, -1], [200, 200, 40, 40, 9])
RANDOM = np.random.default_rng(0)
SCORES = RANDOM.normal(size=len(LABELS)) + np.array([0, 0, 3.0, 0.3, 9.0])[LABELS]


def test_each_odd_class_stands_beside_the_normal_ones() -> None:
    """The worst found first; its figures are those of `assess` without the other odd class."""
    worst, best = by_class(SCORES, LABELS, NAMES, {0, 1})
    rows = (LABELS == 3) | (LABELS == 0) | (LABELS == 1)

    assert (worst.name, best.name) == ("owl", "fox")
    assert worst.detection == assess(SCORES[rows], LABELS[rows] == 3)
    assert worst.detection.auroc.low < worst.detection.auroc.value < best.detection.auroc.low
    assert (best.detection.anomalies, best.detection.rows) == (40, 440)


def test_a_class_without_rows_is_not_listed() -> None:
    """Nor an unknown one; without odd classes there is nothing to list."""
    assert [one.label for one in by_class(SCORES, LABELS, NAMES, {0, 1, 2})] == [3]
    assert by_class(SCORES, LABELS, NAMES, {0, 1, 2, 3}) == ()


def test_without_normal_rows_nothing_is_known() -> None:
    """NaN, not 0 or 1."""
    found = by_class(SCORES[400:], LABELS[400:], NAMES, {0})

    assert [one.name for one in found] == ["fox", "owl"]
    assert all(math.isnan(one.detection.auroc.value) for one in found)
