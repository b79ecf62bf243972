"""Do thresholds keep their promise about false alarms?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.errors import DataError
from aecore.evaluation.anomalies.conformal import (
    false_discoveries,
    nearest,
    p_values,
    promise,
    rows_needed,
)


def test_p_values_count_calibration_scores_at_least_as_large() -> None:
    """By the definition, ties on the side of the larger p."""
    p = p_values(np.array([1.0, 2.0, 2.0, 3.0]), np.array([0.0, 2.0, 3.0, 4.0]))

    assert p.tolist() == [5 / 5, 4 / 5, 2 / 5, 1 / 5]


@pytest.mark.parametrize(("alpha", "rows"), [(0.01, 99), (0.05, 19), (0.1, 9), (0.5, 1)])
def test_a_promise_needs_rows(alpha: float, rows: int) -> None:
    """n ≥ 1/α − 1: with one row fewer it is refused, with the rate that could be promised."""
    scores = np.arange(rows, dtype=float)

    assert rows_needed(alpha) == rows
    assert promise(scores, alpha).calibration == rows
    with pytest.raises(DataError, match=f"{rows:,} normal rows"):
        promise(scores[1:], alpha)


@given(st.integers(0, 2**31), st.integers(19, 300), st.sampled_from([0.05, 0.1, 0.2]))
def test_an_alarm_is_a_small_p_value(seed: int, rows: int, alpha: float) -> None:
    """Scores at or above the threshold are those with p ≤ α, also among ties."""
    random = np.random.default_rng(seed)
    calibration, scores = random.integers(0, 40, rows) / 4.0, random.integers(0, 44, 200) / 4.0

    kept = promise(calibration, alpha)

    assert np.array_equal(scores >= kept.threshold, p_values(calibration, scores) <= alpha)


def test_the_rate_lies_in_its_band() -> None:
    """Over many calibration sets of exponential scores, 95 % of true rates lie in the band."""
    random = np.random.default_rng(0)
    kept = [promise(random.exponential(size=199), 0.05) for _ in range(400)]
    rates = np.exp([-one.threshold for one in kept])

    inside = np.mean((rates >= kept[0].low) & (rates <= kept[0].high))
    assert inside == pytest.approx(0.95, abs=0.03)
    assert rates.mean() == pytest.approx(kept[0].expected, abs=0.003)


def test_false_discoveries_are_controlled() -> None:
    """Benjamini–Hochberg by hand: p₍ᵢ₎ ≤ i·q/n; none of nothing."""
    p = np.array([0.001, 0.02, 0.03, 0.2, 0.9])

    assert false_discoveries(p, 0.05).tolist() == [True, True, True, False, False]
    assert false_discoveries(np.zeros(0), 0.05).tolist() == []


@pytest.mark.parametrize("rows", [1, 3, 81, 82, 98, 99, 107, 998])
def test_the_advised_rate_can_be_promised(rows: int) -> None:
    """As it is written, in tenths of a percent: rounded down, it would be refused again."""
    advised = float(f"{nearest(rows):.1%}".removesuffix("%")) / 100

    assert promise(np.arange(float(rows)), advised).expected <= advised
