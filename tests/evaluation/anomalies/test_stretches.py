"""Is the odd stretch of a series the planted one?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.evaluation.anomalies.stretches import largest_sum, odd_stretches


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=12))
def test_no_other_stretch_has_a_larger_sum(values: list[int]) -> None:
    """Compared with every one, also where all are negative."""
    start, end = largest_sum(np.array(values, float))
    n = len(values)

    sums = [sum(values[a:b]) for a in range(n) for b in range(a + 1, n + 1)]
    assert sum(values[start:end]) == max(sums)


@pytest.mark.parametrize(("start", "end"), [(7, 8), (0, 12), (30, 50)])
def test_a_planted_stretch_is_found(start: int, end: int) -> None:
    """With its channel, ahead of the other's, and its share."""
    parts = np.random.default_rng(0).uniform(0, 0.01, (50, 2))
    parts[start:end, 1] += 1.0

    first, second = odd_stretches(parts, 5)

    assert (first.channel, first.start, first.end) == (1, start, end)
    assert first.share > 0.6 > second.share


def test_where_nothing_is_odd_there_is_no_stretch() -> None:
    """A score of 0 has no parts."""
    assert odd_stretches(np.zeros((9, 1)), 3) == []
