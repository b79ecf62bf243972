"""Are copies of training samples found, and is there a yardstick beside them?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from aecore.errors import LatentError
from aecore.generation.copies import READING, find_copies


def images(rows: int, seed: int = 0) -> np.ndarray:
    """Noise in the shape of images."""
    return np.random.default_rng(seed).random((rows, 4, 5, 1), dtype=np.float32)


@given(st.integers(0, 1000), st.integers(1, 20), st.integers(1, 20))
def test_the_nearest_are_those_of_all_distances(seed: int, generated: int, training: int) -> None:
    """Index and distance agree with the whole table of distances."""
    a, b = images(generated, seed), images(training, seed + 1)
    table = cdist(a.reshape(generated, -1), b.reshape(training, -1))

    found = find_copies(a, b, a[:1])

    np.testing.assert_array_equal(found.index, table.argmin(axis=1))
    np.testing.assert_allclose(found.distance, table.min(axis=1), rtol=1e-5)
    np.testing.assert_allclose(found.held_out_distance, table[:1].min(axis=1), rtol=1e-5)


def test_a_copy_is_at_no_distance() -> None:
    """Exactly, among large values, where a quicker formula is off; and its original is named."""
    training = 1000 * np.random.default_rng(0).random((500, 28, 28, 1), dtype=np.float32)

    found = find_copies(training[[7, 3]], training, training[:9] + 100)

    assert found.index.tolist() == [7, 3]
    assert found.distance.tolist() == [0.0, 0.0]
    assert found.share_nearer == 1.0
    assert "yardstick" in READING


def test_the_yardstick_is_the_median_of_held_out_samples() -> None:
    """Of distances 1, 2 and 6 it is 2; of three generated samples, one lies nearer."""
    training = np.zeros((1, 1))

    found = find_copies(np.array([[1.5], [2], [9]]), training, np.array([[6.0], [1], [-2]]))

    assert found.yardstick == 2.0
    assert found.share_nearer == pytest.approx(1 / 3)


def test_new_samples_are_as_far_off_as_held_out_ones() -> None:
    """Of one distribution, half lie nearer than the yardstick."""
    found = find_copies(images(800, 1), images(400, 2), images(800, 3))

    assert found.share_nearer == pytest.approx(0.5, abs=0.06)


def test_without_held_out_samples_there_is_no_yardstick() -> None:
    """The nearest are still found."""
    found = find_copies(images(2), images(2), images(0))

    assert found.index.tolist() == [0, 1]
    assert math.isnan(found.yardstick)
    assert math.isnan(found.share_nearer)


@pytest.mark.parametrize(
    ("generated", "training", "words"),
    [
        (images(2), images(0), "no training samples"),
        (images(2)[:, :3], images(2), "cannot be compared"),
        (np.full((2, 4, 5, 1), np.nan), images(2), "not finite"),
    ],
)
def test_samples_that_cannot_be_compared_are_refused(
    generated: np.ndarray, training: np.ndarray, words: str
) -> None:
    """With what must hold."""
    with pytest.raises(LatentError, match=words):
        find_copies(generated, training, images(2))
