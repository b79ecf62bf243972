"""Are AUROC, AUPRC and the counts at a threshold what their definitions say?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from aecore.evaluation.anomalies.detection import (
    Ranked,
    assess,
    auroc,
    average_precision,
    cheapest_threshold,
    confusion,
    resamples,
)


@given(st.integers(0, 2**31), st.integers(2, 60), st.integers(1, 30))
def test_both_areas_agree_with_scikit_learn(seed: int, rows: int, levels: int) -> None:
    """For all sizes and with ties."""
    random = np.random.default_rng(seed)
    scores, odd = random.integers(0, levels, rows) / 3.0, random.random(rows) < 0.4
    odd[:2] = True, False

    assert auroc(scores[odd], scores[~odd]) == pytest.approx(roc_auc_score(odd, scores))
    assert average_precision(scores[odd], scores[~odd]) == pytest.approx(
        average_precision_score(odd, scores)
    )


def test_without_one_of_both_kinds_nothing_can_be_said() -> None:
    """One class only: NaN, not 0 or 1."""
    found = assess(np.arange(5.0), np.zeros(5))

    assert math.isnan(found.auroc.value) and math.isnan(found.auprc.value)
    assert found.anomalies == 0


def test_an_inverted_score_is_called_so() -> None:
    """Only beyond its interval; nothing is flipped."""
    random = np.random.default_rng(0)
    odd = np.repeat([True, False], [40, 400])
    scores = np.where(odd, random.normal(-1, 1, 440), random.normal(0, 1, 440))

    found = assess(scores, odd)

    assert found.auroc.low < found.auroc.value < found.auroc.high < 0.5
    assert found.is_inverted
    assert not assess(-scores, odd).is_inverted
    assert found.prevalence == pytest.approx(1 / 11)


def test_counts_at_a_threshold() -> None:
    """By hand; a score at the threshold raises an alarm."""
    found = confusion(np.array([3.0, 2.0, 2.0, 1.0]), np.array([1, 0, 1, 0]), 2.0)

    assert (found.hits, found.misses, found.false_alarms, found.passed) == (2, 0, 1, 1)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == 1
    assert found.f1 == pytest.approx(0.8)
    assert found.false_alarm_rate == 0.5


@given(st.integers(0, 2**31), st.floats(0.1, 50), st.floats(0.1, 50))
def test_the_cheapest_threshold_is_none_dearer(seed: int, miss: float, alarm: float) -> None:
    """No other threshold costs less."""
    random = np.random.default_rng(seed)
    scores, odd = random.integers(0, 9, 40) / 2.0, random.random(40) < 0.3

    def cost(threshold: float) -> float:
        found = confusion(scores, odd, threshold)
        return miss * found.misses + alarm * found.false_alarms

    best = cost(cheapest_threshold(scores, odd, miss, alarm))

    assert all(best <= cost(t) + 1e-9 for t in [*scores, scores.max() + 1])


@given(st.integers(0, 2**31), st.integers(2, 60), st.integers(1, 30))
def test_a_resample_by_counts_is_one_by_rows(seed: int, rows: int, levels: int) -> None:
    """Both areas of rows that are drawn so often are those of the rows written out, with ties."""
    random = np.random.default_rng(seed)
    scores, odd = random.integers(0, levels, rows) / 3.0, random.random(rows) < 0.4
    odd[:2] = True, False
    ranked, (of_odd, of_normal) = Ranked.of(scores, odd), next(resamples(odd, seed))
    drawn = np.repeat(scores[odd], of_odd), np.repeat(scores[~odd], of_normal)

    assert ranked.auroc(of_odd, of_normal) == pytest.approx(auroc(*drawn))
    assert ranked.average_precision(of_odd, of_normal) == pytest.approx(average_precision(*drawn))
