"""Does an error find its place among others?"""

from __future__ import annotations

import math

import numpy as np

from aecore.evaluation.ranking import share_below


def test_the_place_is_the_share_of_smaller_errors() -> None:
    """Equal ones and those that are no number do not count."""
    errors = np.array([1.0, 2.0, 3.0, 4.0, np.nan])

    assert [share_below(errors, error) for error in (0.5, 3.0, 9.0)] == [0.0, 0.5, 1.0]
    assert math.isnan(share_below(errors[4:], 1.0))
    assert math.isnan(share_below(errors, math.nan))
