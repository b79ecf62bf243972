"""Does each rule put alarms where it says, and tell the rate that it gives?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from aecore.errors import DataError
from aecore.evaluation.anomalies.conformal import p_values, promise
from aecore.evaluation.anomalies.detection import confusion
from aecore.evaluation.anomalies.thresholds import THRESHOLDS, Scored, set_threshold

RANDOM = np.random.default_rng(0)
CALIBRATION = RANDOM.normal(size=999)
ODD = np.repeat([True, False], [20, 380])
SCORES = np.where(ODD, RANDOM.normal(6, 1, 400), RANDOM.normal(0, 1, 400))
SCORED = Scored(CALIBRATION, SCORES, ODD)


@pytest.mark.parametrize("spec", THRESHOLDS.values(), ids=THRESHOLDS)
def test_every_rule_tells_what_it_does(spec) -> None:  # type: ignore[no-untyped-def]
    """Its default finds the planted rows, and the rate is that of the calibration rows."""
    found = set_threshold(spec.name, SCORED, spec.amount.default)

    assert spec.title and spec.summary and spec.amount.title
    assert 15 <= found.alarms <= 60
    assert found.alarms == (found.threshold <= SCORES).sum()
    counted = (found.threshold <= CALIBRATION).mean()
    assert found.normal_rate.value == pytest.approx(counted, abs=1.1e-3)
    assert found.normal_rate.low <= counted <= found.normal_rate.high
    assert found.sentence.startswith(f"{found.alarms} of 400 rows")


def test_the_promise_is_that_of_the_p_values() -> None:
    """Threshold, expected rate and band are those of the conformal promise."""
    found, kept = set_threshold("promise", SCORED, 0.05), promise(CALIBRATION, 0.05)

    assert found.threshold == kept.threshold
    assert (found.normal_rate.low, found.normal_rate.high) == (kept.low, kept.high)
    assert found.normal_rate.value == 0.05


@given(st.integers(0, 2**31), st.floats(0.05, 0.9))
def test_false_discoveries_are_those_of_benjamini_and_hochberg(seed: int, rate: float) -> None:
    """The rows at or above the threshold are those with p₍ᵢ₎ ≤ i·q/n for some later i."""
    random = np.random.default_rng(seed)
    calibration, scores = random.normal(size=60), random.normal(1, 2, 25)
    p = np.sort(p_values(calibration, scores))
    passed = np.flatnonzero(p <= rate * np.arange(1, 26) / 25 + 1e-12)

    found = set_threshold("false-discoveries", Scored(calibration, scores), rate)

    assert found.alarms == (passed[-1] + 1 if len(passed) else 0)


def test_it_is_told_when_calibration_rows_are_too_few_for_discoveries() -> None:
    """Of 100 rows at a rate of .1 and 99 calibration rows, ten at the least p-value are needed."""
    calibration = np.arange(99.0)
    scores = np.zeros(100)
    scores[:9] = 200.0

    none = set_threshold("false-discoveries", Scored(calibration, scores), 0.1)
    scores[9] = 200.0
    ten = set_threshold("false-discoveries", Scored(calibration, scores), 0.1)

    assert none.alarms == 0 and "before 10 of them lie above" in none.note
    assert ten.alarms == 10 and not ten.note


@pytest.mark.parametrize(
    ("rule", "amount", "alarms"),
    [("review", 3, 3), ("review", 4, 3), ("review", 99, 6), ("contamination", 0.5, 3)],
)
def test_at_most_so_many_rows(rule: str, amount: float, alarms: int) -> None:
    """Of equal scores all are flagged or none; more than there are flags all."""
    scores = np.array([5.0, 2.0, 2.0, 9.0, 2.0, 7.0])

    assert set_threshold(rule, Scored(np.zeros(0), scores), amount).alarms == alarms


def test_shares_are_not_rounded_down() -> None:
    """0.29 · 100 is 28.999…, and flags 29."""
    found = set_threshold("contamination", Scored(np.zeros(0), np.arange(100.0)), 0.29)

    assert found.alarms == 29


def test_percentile_and_sigmas_give_the_rate_of_a_normal_distribution() -> None:
    """Of 20,000 normal scores: 5 %, and 1 − Φ(2)."""
    scored = Scored(np.random.default_rng(3).normal(size=20_000), SCORES)

    assert set_threshold("percentile", scored, 95).normal_rate.value == pytest.approx(0.05)
    rate = set_threshold("sigmas", scored, 2).normal_rate
    assert rate.low < norm.sf(2) < rate.high


@pytest.mark.parametrize(("rule", "amount"), [("percentile", 95.0), ("sigmas", 2.0)])
def test_the_true_rate_lies_in_the_band(rule: str, amount: float) -> None:
    """Of 300 calibration sets at least 95 %, though they set the threshold themselves."""
    random = np.random.default_rng(1)
    inside = []
    for _ in range(300):
        found = set_threshold(rule, Scored(random.normal(size=200), SCORES), amount)
        rate = found.normal_rate
        inside.append(rate.low <= norm.sf(found.threshold) <= rate.high)

    assert np.mean(inside) >= 0.95


def test_a_dearer_miss_lowers_the_threshold() -> None:
    """No threshold is cheaper; where a miss costs much, none is missed."""
    scores = np.random.default_rng(0).normal(ODD * 1.5, 1.0)
    scored = Scored(CALIBRATION, scores, ODD)

    cheap, dear = (set_threshold("cost", scored, ratio).threshold for ratio in (1, 5000))

    assert dear < cheap
    assert confusion(scores, ODD, dear).misses == 0


@pytest.mark.parametrize(
    ("rule", "scored", "amount", "says"),
    [
        ("promise", Scored(np.zeros(3), SCORES), 0.01, "needs 99 normal rows"),
        ("promise", Scored(np.zeros(0), SCORES), 0.01, "no normal rows to calibrate"),
        ("percentile", Scored(CALIBRATION, np.zeros(0)), 95, "no rows to set a threshold"),
        ("review", Scored(CALIBRATION, np.array([1.0, math.nan])), 1, "no numbers"),
        ("cost", Scored(CALIBRATION, SCORES), 2, "both kinds"),
        ("cost", Scored(CALIBRATION, SCORES, np.zeros(400)), 2, "both kinds"),
        ("contamination", SCORED, 0.8, "cannot be 0.8"),
    ],
)
def test_what_cannot_be_done_is_refused(
    rule: str, scored: Scored, amount: float, says: str
) -> None:
    """In a sentence, with what to do."""
    with pytest.raises(DataError, match=says) as refused:
        set_threshold(rule, scored, amount)
    assert refused.value.remedy


@pytest.mark.parametrize("rule", ["promise", "false-discoveries", "review", "contamination"])
def test_equal_scores_raise_no_alarm(rule: str) -> None:
    """Nothing is odder than the rest; nothing fails."""
    found = set_threshold(rule, Scored(np.ones(200), np.ones(50)), 0.1 if rule != "review" else 5)

    assert found.alarms == 0


def test_without_calibration_rows_the_rate_is_open() -> None:
    """It lies between 0 and 1, and the sentence says that it is not known."""
    found = set_threshold("review", Scored(np.zeros(0), SCORES), 10)

    assert (found.normal_rate.low, found.normal_rate.high) == (0, 1)
    assert "not known" in found.sentence
