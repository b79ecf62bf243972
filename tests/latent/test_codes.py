"""Are unusable codes refused, and are codes of any layout decoded?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import LatentError
from aecore.latent.codes import checked, checked_point, decoded, of_class


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (np.empty((0, 4)), "no latent codes"),
        (np.ones(4), "no latent codes"),
        (np.array([[1.0, np.inf]]), "not finite"),
    ],
)
def test_unusable_codes_are_refused(code: np.ndarray, words: str) -> None:
    """None, a single one in place of many, and those of a diverged run."""
    with pytest.raises(LatentError, match=words):
        checked(code)


@pytest.mark.parametrize(
    ("point", "words"),
    [(np.ones((1, 3)), "One code is wanted"), (np.array([np.nan]), "not finite")],
)
def test_unusable_points_are_refused(point: np.ndarray, words: str) -> None:
    """Many codes are no point, and neither is a missing number."""
    with pytest.raises(LatentError, match=words):
        checked_point(point)


def test_codes_become_numbers_of_double_precision() -> None:
    """Whatever type they came in, they keep their values."""
    code = checked(np.array([[1, 2]], dtype=np.int8))

    assert code.dtype == np.float64
    assert code.tolist() == [[1.0, 2.0]]
    assert checked_point(np.float32([3, 4])).dtype == np.float64


def test_a_class_is_picked_out() -> None:
    """Only its codes are left, in their order; a class without samples is refused."""
    code = np.arange(8).reshape(4, 2)

    assert of_class(code, np.array([1, 0, 1, 2]), 1).tolist() == [[0, 1], [4, 5]]
    with pytest.raises(LatentError, match="No sample has the label 7"):
        of_class(code, np.zeros(4), 7)


def test_a_grid_of_codes_is_decoded_in_one_call() -> None:
    """Each sample lands where its code was, whatever the shape of both."""
    calls = []

    def decode(code: np.ndarray) -> np.ndarray:
        calls.append(code.shape)
        return np.repeat(code.sum(axis=1), 6).reshape(-1, 2, 3)

    grid = np.arange(40.0).reshape(4, 5, 2)
    samples = decoded(decode, grid)

    assert samples.shape == (4, 5, 2, 3)
    np.testing.assert_array_equal(samples[:, :, 1, 2], grid.sum(axis=2))
    assert calls == [(20, 2)]
