"""Do traversals move the units asked for, and no others?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import LatentError
from aecore.generation.traversal import manifold, plane

POINT = np.array([10.0, 20.0, 30.0, 40.0])
UNIT = ((0.0, 1.0), (0.0, 1.0))


def test_a_plane_moves_two_units() -> None:
    """The first grows from left to right, the second from the bottom row to the top."""
    grid = plane(POINT, (3, 1), ((0, 2), (5, 7)), 3)

    assert grid.codes.shape == (3, 3, 4)
    assert grid.across.tolist() == [0.0, 1.0, 2.0]
    assert grid.up.tolist() == [7.0, 6.0, 5.0]
    for row in range(3):
        for column in range(3):
            expected = [10.0, grid.up[row], 30.0, grid.across[column]]
            assert grid.codes[row, column].tolist() == expected


def test_a_code_of_two_numbers_is_shown_whole() -> None:
    """Between the quantiles, which leave a hundredth of the samples out at either end."""
    code = np.stack([np.arange(101.0), 1000 - np.arange(101.0)], axis=1)

    grid = manifold(code, 3)

    np.testing.assert_allclose(grid.across, [1, 50, 99])
    np.testing.assert_allclose(grid.up, [999, 950, 901])
    np.testing.assert_allclose(grid.codes[0, 2], [99, 999])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: plane(POINT, (4, 1), UNIT, 3), "Units 4, 1 cannot be moved in a code of 4"),
        (lambda: plane(POINT, (0, 1), UNIT, 0), "at least one step, not 0"),
        (lambda: plane(POINT, (1, 1), UNIT, 3), "Choose different units"),
        (lambda: manifold(np.ones((5, 3)), 3), "Only a code of 2 numbers"),
    ],
)
def test_traversals_that_make_no_sense_are_refused(make: object, words: str) -> None:
    """With what must hold."""
    with pytest.raises(LatentError, match=words):
        make()  # type: ignore[operator]
