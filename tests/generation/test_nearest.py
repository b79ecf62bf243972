"""Is the kept sample found that a generated one resembles most?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from aecore.errors import LatentError
from aecore.generation.nearest import nearest_kept


def images(rows: int, seed: int = 0) -> np.ndarray:
    """Noise in the shape of images."""
    return np.random.default_rng(seed).random((rows, 4, 5, 1), dtype=np.float32)


@given(st.integers(0, 1000), st.integers(0, 20), st.integers(1, 20))
def test_the_nearest_are_those_of_all_distances(seed: int, generated: int, kept: int) -> None:
    """As in the whole table of distances; of nothing there is none."""
    a, b = images(generated, seed), images(kept, seed + 1)
    table = cdist(a.reshape(generated, 20), b.reshape(kept, 20))

    np.testing.assert_array_equal(nearest_kept(a, b), table.argmin(axis=1))


def test_a_copy_is_found_among_large_values() -> None:
    """Where distances come from a formula that loses digits."""
    kept = 1000 * np.random.default_rng(0).random((500, 28, 28, 1), dtype=np.float32)

    assert nearest_kept(kept[[7, 3]], kept).tolist() == [7, 3]


@pytest.mark.parametrize(
    ("generated", "kept", "words"),
    [
        (images(2), images(0), "no kept samples"),
        (images(2)[:, :3], images(2), "cannot be compared"),
        (np.full((2, 4, 5, 1), np.nan), images(2), "not finite"),
    ],
)
def test_samples_that_cannot_be_compared_are_refused(
    generated: np.ndarray, kept: np.ndarray, words: str
) -> None:
    """With what must hold."""
    with pytest.raises(LatentError, match=words):
        nearest_kept(generated, kept)
