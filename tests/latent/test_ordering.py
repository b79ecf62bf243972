"""Are units ordered by what they carry, and are their ranges those of the codes?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.latent.ordering import by_kl, by_variance, quantile_ranges


def test_units_that_vary_most_come_first() -> None:
    """A large mean does not count, and equal units keep their order."""
    code = np.array([[100.0, 0, 1, 0, -1], [100, 5, 3, 5, 1]])

    assert by_variance(code).tolist() == [1, 3, 2, 4, 0]


def test_units_of_large_divergence_come_first() -> None:
    """Equal ones keep their order."""
    assert by_kl(np.array([0.1, 3.0, 0.0, 3.0])).tolist() == [1, 3, 0, 2]


def test_ranges_are_quantiles() -> None:
    """Of the numbers 0 to 100 they are 1 and 99, whatever the order of samples."""
    values = np.random.default_rng(0).permutation(101).astype(float)

    found = quantile_ranges(np.stack([values, -2 * values], axis=1))

    np.testing.assert_allclose(found, [[1, 99], [-198, -2]])


@given(st.integers(0, 1000), st.floats(0, 10))
def test_narrow_ranges_are_widened_around_their_middle(seed: int, least: float) -> None:
    """None is narrower than asked for, wide ones stay, and all keep their middle."""
    code = np.random.default_rng(seed).normal(size=(30, 4)) * [0, 0.1, 1, 10]

    plain, widened = quantile_ranges(code), quantile_ranges(code, least=least)

    assert (np.diff(widened, axis=1) >= least - 1e-9).all()
    np.testing.assert_allclose(widened.mean(axis=1), plain.mean(axis=1), atol=1e-9)
    wide = np.diff(plain, axis=1)[:, 0] >= least
    np.testing.assert_allclose(widened[wide], plain[wide])


def test_a_unit_that_never_varies_has_an_empty_range() -> None:
    """Unless a width is asked for."""
    assert quantile_ranges(np.full((9, 1), 2.0)).tolist() == [[2.0, 2.0]]
    assert quantile_ranges(np.full((9, 1), 2.0), least=1.0) == pytest.approx(np.array([[1.5, 2.5]]))
