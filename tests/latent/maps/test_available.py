"""Is only what the codes allow offered as a map?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.latent.maps.available import dimensions_for, is_collapsed, largest_perplexity


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((100, 32), (2, 3)), ((100, 3), (2, 3)), ((100, 2), (2,)), ((2, 32), (2,)), ((9, 1), (2,))],
)
def test_a_map_has_no_more_dimensions_than_the_codes(
    shape: tuple[int, int], expected: tuple[int, ...]
) -> None:
    """Three only where both samples and numbers suffice."""
    assert dimensions_for(np.zeros(shape)) == expected


def test_equal_codes_are_collapsed() -> None:
    """One sample that differs in one number is enough for a map."""
    codes = np.ones((50, 4))
    assert is_collapsed(codes)

    codes[7, 2] += 1e-3
    assert not is_collapsed(codes)


def test_no_codes_are_collapsed() -> None:
    """There is nothing to tell apart."""
    assert is_collapsed(np.empty((0, 4)))


@pytest.mark.parametrize(("rows", "most"), [(1, 0), (3, 0), (31, 10), (5000, 100)])
def test_perplexity_stays_below_a_third_of_the_samples(rows: int, most: int) -> None:
    """And never above what helps."""
    assert largest_perplexity(rows) == most
