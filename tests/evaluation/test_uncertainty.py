"""How far held-out figures could lie off, against closed forms and many draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from aecore.evaluation.uncertainty import ratio_bounds, standard_error


def test_the_standard_error_is_that_of_a_mean() -> None:
    """s / √n with s² over n − 1: of 1, 2, 3, 4 it is √(5/3) / 2."""
    assert standard_error(np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(math.sqrt(5 / 3) / 2)
    assert math.isnan(standard_error(np.array([1.0])))


def test_bounds_hold_the_ratio_and_grow_tighter_with_rows() -> None:
    """For paired errors of ratio 0.5 the interval holds 0.5, and is narrower for more rows."""
    random = np.random.default_rng(0)
    wide, narrow = (
        ratio_bounds(other * random.uniform(0.4, 0.6, rows), other, seed=0)
        for rows, other in ((20, random.exponential(size=20)), (900, random.exponential(size=900)))
    )
    assert wide[0] < 0.5 < wide[1]
    assert narrow[0] < 0.5 < narrow[1]
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_a_fixed_ratio_has_no_spread_and_no_error_has_no_ratio() -> None:
    """Errors in one proportion give that proportion; PCA without error gives none."""
    other = np.array([1.0, 2.0, 4.0])
    assert ratio_bounds(0.3 * other, other, seed=1) == pytest.approx((0.3, 0.3))
    assert all(math.isnan(bound) for bound in ratio_bounds(other, np.zeros(3), seed=1))
