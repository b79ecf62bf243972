"""Is the recall of planted defects what the score really finds?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from aecore.evaluation.anomalies.planted import DEFECTS, LEVELS, learn_ground
from aecore.evaluation.anomalies.simulation import simulate

X = np.random.default_rng(0).normal(size=(2000, 1))


def largest(x: np.ndarray) -> np.ndarray:
    """How far out the farthest value of a row lies."""
    return np.abs(x).reshape(len(x), -1).max(axis=1)


def test_recall_is_that_of_the_closed_form() -> None:
    """A normal column shifted by k spreads: P(|N ± k| ≥ 3) = Φ(k − 3) + Φ(−k − 3)."""
    shifted = {"shifted-column": DEFECTS["shifted-column"]}

    found = list(
        simulate(largest, X, 3.0, "table", learn_ground(X), most_rows=2000, defects=shifted)
    )

    assert [one.level for one in found] == list(LEVELS)
    for one, k in zip(found, (2, 4, 8), strict=True):
        expected = norm.cdf(k - 3) + norm.cdf(-k - 3)
        assert one.recall.low - 0.01 <= expected <= one.recall.high + 0.01
        assert one.planted == 2000
        assert one.found == round(one.recall.value * 2000)
        assert one.before == pytest.approx(2 * norm.cdf(-3), abs=0.002)
        assert one.meaning == f"{k} spreads of the column"
    assert 0.5 < found[0].auroc < found[1].auroc < found[2].auroc


def test_only_defects_that_suit_are_planted_and_the_seed_repeats_them() -> None:
    """Those of tables, each at three strengths, into so many rows."""
    x = np.random.default_rng(1).normal(size=(90, 4))
    ground = learn_ground(x)

    found = list(simulate(largest, x, 2.5, "table", ground, seed=4, most_rows=50))

    assert {one.defect for one in found} == {
        spec.name for spec in DEFECTS.values() if "table" in spec.kinds
    }
    assert all(0 < one.planted <= 50 for one in found)
    assert found == list(simulate(largest, x, 2.5, "table", ground, seed=4, most_rows=50))


def test_where_nothing_can_be_planted_the_recall_is_open() -> None:
    """Columns that never vary: no row is counted, the recall is no number."""
    x = np.ones((20, 3))

    found = list(simulate(largest, x, 2.0, "table", learn_ground(x)))

    assert all(one.planted == 0 and math.isnan(one.recall.value) for one in found)
    assert list(simulate(largest, x[:0], 2.0, "table", learn_ground(x))) == []
