"""Is a way in the code measured against the distances between samples?"""

from __future__ import annotations

import math

import numpy as np
import pytest

from aecore.latent.moving import Move, beyond_rounding, median_distance, move


def test_distances_are_against_the_median_between_samples() -> None:
    """Corners of a square of side 3: four sides of 3, two diagonals; so the median is 3."""
    square = np.array([[0, 0], [0, 3], [3, 0], [3, 3]])
    yardstick = median_distance(square)

    found = move(np.zeros(2), np.array([0.0, 6.0]), yardstick)

    assert yardstick == pytest.approx(3.0)
    assert (found.distance, found.relative) == (pytest.approx(6.0), pytest.approx(2.0))


def test_of_many_codes_some_are_enough() -> None:
    """Two normal codes of k numbers lie about √(2k) apart."""
    code = np.random.default_rng(0).normal(size=(3000, 32))

    assert median_distance(code) == pytest.approx(8.0, rel=0.02)


def test_one_code_has_no_yardstick() -> None:
    """Then there is no relative distance."""
    assert median_distance(np.zeros((1, 2))) == 0.0
    assert math.isnan(move(np.zeros(2), np.ones(2), 0.0).relative)


def test_what_rounding_explains_is_no_move() -> None:
    """A code that a network gives in two batches has not moved; any real move is told as it is."""
    code = np.random.default_rng(0).normal(size=(200, 8))
    yardstick = median_distance(code)
    nudge = np.full(8, 5e-7)

    assert move(code[0], code[0] + nudge, yardstick) == Move(0.0, 0.0)
    assert move(code[0], code[0] + 1000 * nudge, yardstick).distance == pytest.approx(8**0.5 * 5e-4)
    assert beyond_rounding(1e-9, 0.0) == 1e-9
