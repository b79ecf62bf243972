"""Do shape, gap and agreement of scores say what was made?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, spearmanr

from aecore.evaluation.anomalies.agreement import agreements, gap_at, shape_of

RANDOM = np.random.default_rng(0)


@given(st.integers(0, 2**31), st.integers(3, 60))
def test_the_correlation_is_spearman_s(seed: int, rows: int) -> None:
    """As SciPy has it, with ties."""
    random = np.random.default_rng(seed)
    a, b = random.integers(0, 9, rows) / 2.0, random.integers(0, 9, rows) / 2.0
    a[:2] = b[:2] = 0, 9

    (found,) = agreements(a, {"kNN": b}, 1.0)

    assert found.rank_correlation == pytest.approx(spearmanr(a, b).statistic)


def test_shared_alarms_by_hand() -> None:
    """Three alarms, of which two are among the other's three oddest rows."""
    ours, theirs = np.array([9.0, 8, 7, 1, 2]), np.array([5.0, 1, 4, 6, 0])

    (found,) = agreements(ours, {"kNN": theirs}, 7.0)

    assert found.shared_alarms == pytest.approx(2 / 3)
    assert found.sentence.endswith("67% of our alarms are among its oddest rows.")


def test_agreement_in_words() -> None:
    """Largely, partly, little; nothing of equal scores."""
    ours = RANDOM.normal(size=2000)
    noise = RANDOM.normal(size=2000)
    others = {"A": ours + 0.3 * noise, "B": ours + 2 * noise, "C": noise, "D": np.ones(2000)}

    found = agreements(ours, others, 99.0)

    told = ["A orders these rows largely", "B orders these rows partly", "C orders these rows litt"]
    for one, words in zip(found, [*told, "D cannot be compared"], strict=True):
        assert one.sentence.startswith(words)
        assert math.isnan(one.shared_alarms)


def test_alarms_that_stand_apart() -> None:
    """A gap of 10 among distances of 1; without it, 1."""
    scores = np.concatenate([np.arange(50.0), 59.0 + np.arange(20.0)])

    apart, not_apart = gap_at(scores, 55.0), gap_at(scores, 40.0)

    assert (apart.width, apart.times_usual) == (10.0, 10.0)
    assert apart.sentence.startswith("The alarms stand apart: the gap at the cut is 10.0 times")
    assert not_apart.times_usual == 1.0 and "do not stand apart" in not_apart.sentence


@pytest.mark.parametrize("threshold", [-1.0, 0.0, 60.0])
def test_no_gap_where_all_lie_on_one_side(threshold: float) -> None:
    """All alarms or none."""
    found = gap_at(np.arange(50.0), threshold)

    assert math.isnan(found.width) and "one side" in found.sentence


def test_a_gap_among_equal_scores() -> None:
    """Wider than those around it, which have none."""
    found = gap_at(np.repeat([1.0, 2.0], 30), 1.5)

    assert math.isinf(found.times_usual) and found.sentence.startswith("The alarms stand apart")


def test_the_shape_of_a_normal_distribution_has_no_tail() -> None:
    """Quartiles at ±.674, beyond three box heights one in 400,000."""
    found = shape_of(norm.ppf((np.arange(20_000) + 0.5) / 20_000))

    assert found.quartiles == pytest.approx((-0.6745, 0, 0.6745), abs=1e-3)
    assert found.far_out == 0 and found.sentence.startswith("No score is far out")


def test_a_planted_tail_is_told() -> None:
    """Three rows of a hundred far out."""
    scores = np.concatenate([np.linspace(0, 1, 97), [10.0, 11.0, 12.0]])

    found = shape_of(scores)

    assert found.far_out == pytest.approx(0.03)
    assert found.sentence.startswith("3.0% of the scores are far out")
    assert found.largest == pytest.approx((12 - np.median(scores)) / np.ptp(found.quartiles))


def test_equal_scores_have_no_shape() -> None:
    """It is said, and nothing fails."""
    assert "equal" in shape_of(np.ones(9)).sentence
