"""Are intervals of shares those of their formulas?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import beta

from aecore.evaluation.anomalies.proportions import exact, exact_bands, wilson


def test_wilson_by_its_formula() -> None:
    """(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)."""
    z, n, p = 1.959963984540054, 20, 0.15
    middle, half = p + z**2 / (2 * n), z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))

    found = wilson(3, 20)

    assert found.value == pytest.approx(0.15)
    assert found.low == pytest.approx((middle - half) / (1 + z**2 / n))
    assert found.high == pytest.approx((middle + half) / (1 + z**2 / n))


def test_the_exact_interval_is_made_of_beta_quantiles() -> None:
    """Beta(k, n − k + 1) below, Beta(k + 1, n − k) above; none seen leaves 0 below."""
    found, none = exact(3, 20), exact(0, 20)

    assert found.low == pytest.approx(beta.ppf(0.025, 3, 18))
    assert found.high == pytest.approx(beta.ppf(0.975, 4, 17))
    assert none.low == 0 and none.high == pytest.approx(1 - 0.025 ** (1 / 20))


def test_of_no_rows_nothing_is_known() -> None:
    """NaN, and of the exact interval all from 0 to 1."""
    assert math.isnan(wilson(0, 0).low) and math.isnan(exact(0, 0).value)
    assert (exact(0, 0).low, exact(0, 0).high) == (0, 1)


def test_bands_of_many_counts_are_those_of_each() -> None:
    """None, some and all of twenty."""
    low, high = exact_bands(np.arange(21), 20)

    each = [exact(hits, 20) for hits in range(21)]
    assert low == pytest.approx([one.low for one in each])
    assert high == pytest.approx([one.high for one in each])
