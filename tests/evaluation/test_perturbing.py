"""Is a picture disturbed as its settings say, and not otherwise?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.perturbing import (
    Perturbation,
    covered,
    noisy,
    perturbed,
    shifted,
    turned,
)

RANGE = (-1.0, 3.0)


@pytest.fixture
def picture() -> np.ndarray:
    """Random pixels within an even border, in colour."""
    x = np.full((12, 12, 3), 0.5, np.float32)
    x[3:9, 3:9] = np.random.default_rng(0).uniform(-1, 3, (6, 6, 3))
    return x


def test_nothing_asked_for_changes_nothing(picture: np.ndarray) -> None:
    """The settings as they begin."""
    np.testing.assert_array_equal(perturbed(picture, Perturbation(), RANGE), picture)


def test_four_quarter_turns_are_a_whole_one(picture: np.ndarray) -> None:
    """A quarter moves pixels as they are, anticlockwise; a whole turn changes nothing."""
    quarter = turned(picture, 90)
    np.testing.assert_allclose(quarter, np.rot90(picture), atol=1e-6)

    for _ in range(3):
        quarter = turned(quarter, 90)

    np.testing.assert_allclose(quarter, picture, atol=1e-6)
    np.testing.assert_array_equal(turned(picture, 360), picture)


@pytest.mark.parametrize(("right", "down"), [(3, 0), (-3, 2), (0, -3)])
def test_a_shift_back_undoes_a_shift(picture: np.ndarray, right: int, down: int) -> None:
    """Of what stays in view; the even border comes in."""
    there = shifted(picture, right, down)

    assert there[3 + down, 3 + right, 0] == picture[3, 3, 0]
    np.testing.assert_array_equal(shifted(there, -right, -down), picture)
    assert (shifted(picture, 12, 0) == 0.5).all()


@pytest.mark.parametrize(("across", "along"), [(0, 0), (1, 1), (0.5, 0.25)])
def test_the_covered_square_has_its_size(picture: np.ndarray, across: float, along: float) -> None:
    """A quarter of the side is 3 × 3 of 12 × 12 pixels wherever it lies."""
    value = 7.0

    hidden = (covered(picture, 0.25, across, along, value) == value).all(axis=-1)

    assert hidden.sum() == 9
    rows, columns = np.nonzero(hidden)
    assert rows.min() == round(along * 9) and columns.min() == round(across * 9)


def test_noise_has_its_deviation_and_seed() -> None:
    """A tenth of a range of 4; the same seed, the same noise, and never out of the range."""
    x = np.ones((200, 200, 1), np.float32)

    made = noisy(x, 0.1, 1, RANGE)

    assert (made - x).std() == pytest.approx(0.4, rel=0.02)
    np.testing.assert_array_equal(made, noisy(x, 0.1, 1, RANGE))
    assert not np.array_equal(made, noisy(x, 0.1, 2, RANGE))
    assert noisy(x, 1.0, 1, RANGE).max() == RANGE[1]
