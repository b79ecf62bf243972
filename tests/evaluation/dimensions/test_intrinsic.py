"""The dimension of shapes of which it is known, and what cannot be estimated."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import DataError
from aecore.evaluation.dimensions.intrinsic import (
    NEIGHBOURS,
    intrinsic_dimension,
    inverse_dimensions,
    neighbour_distances,
    two_nn,
)

ROWS = 2000


def flat(dimension: int) -> np.ndarray:
    """Normal rows on a flat of so many dimensions in 64."""
    random = np.random.default_rng(dimension)
    axes = np.linalg.qr(random.normal(size=(64, dimension)))[0]
    return random.normal(size=(ROWS, dimension)) @ axes.T


def sphere() -> np.ndarray:
    """Rows on the surface of a ball."""
    rows = np.random.default_rng(0).normal(size=(ROWS, 3))
    return np.asarray(rows / np.linalg.norm(rows, axis=1)[:, None])


def torus() -> np.ndarray:
    """Rows on a flat torus in four dimensions."""
    angles = np.random.default_rng(0).uniform(0, 2 * np.pi, (ROWS, 2))
    return np.concatenate([np.cos(angles), np.sin(angles)], axis=1)


def swiss_roll() -> np.ndarray:
    """Rows on a sheet that is rolled up."""
    from sklearn.datasets import make_swiss_roll

    return np.asarray(make_swiss_roll(ROWS, random_state=0)[0])


SHAPES = {
    "line": (flat(1), 1),
    "plane": (flat(2), 2),
    "space": (flat(3), 3),
    "sphere": (sphere(), 2),
    "torus": (torus(), 2),
    "swiss roll": (swiss_roll(), 2),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_dimension_of_a_known_shape(name: str) -> None:
    """By either way within a tenth, and the interval of all holds it."""
    x, dimension = SHAPES[name]
    found = intrinsic_dimension(x.astype(np.float32))
    assert found.two_nn.value == pytest.approx(dimension, rel=0.1)
    assert found.value == pytest.approx(dimension, rel=0.1)
    assert found.coarse == pytest.approx(dimension, rel=0.1)
    assert found.low - 0.05 <= dimension <= found.high + 0.05
    assert [k for k, _ in found.by_neighbours] == list(NEIGHBOURS)
    assert (found.rows, found.of_rows, found.repeated) == (ROWS, ROWS, 0)


def test_many_dimensions_are_told_too_low() -> None:
    """Of eight in 64 at most one is missed; more neighbours miss more, as is said of it."""
    found = intrinsic_dimension(flat(8))
    assert 7 < found.value < 8.5
    assert found.coarse < found.by_neighbours[0][1].value


def test_noise_raises_the_dimension_of_a_circle_less_with_more_neighbours() -> None:
    """Seen closely it is a band of two dimensions, from further away a line."""
    random = np.random.default_rng(0)
    angle = random.uniform(-np.pi, np.pi, ROWS)
    rows = np.stack([np.cos(angle), np.sin(angle)], axis=1) + random.normal(0, 0.02, (ROWS, 2))
    found = intrinsic_dimension(rows)
    assert found.by_neighbours[0][1].value > 1.8
    assert found.coarse < 1.3
    assert found.low < 1.3 < 1.8 < found.high


def test_ratios_by_hand() -> None:
    """TwoNN of ratios whose distribution is 1 − μ^−d, and ML's inverse of four distances."""
    share = (np.arange(1000) + 0.5) / 1000
    assert two_nn((1 - share) ** (-1 / 3.0)) == pytest.approx(3.0, rel=0.02)
    distances = np.array([[1.0, 2.0, 4.0]])
    expected = (np.log(4 / 1) + np.log(4 / 2)) / 2
    assert inverse_dimensions(distances, 3) == pytest.approx([expected])


def test_distances_are_those_to_the_nearest_rows_also_far_from_zero() -> None:
    """A row is no neighbour of its own."""
    rows = np.array([[0.0], [1.0], [3.0], [7.0]]) + 1e6
    assert neighbour_distances(rows, 2).tolist() == [[1, 3], [1, 2], [2, 3], [4, 6]]


def test_copies_are_left_out() -> None:
    """They would be at no distance; how many they were is told."""
    x = flat(2)
    found = intrinsic_dimension(np.concatenate([x, x[:500]]))
    assert (found.rows, found.repeated) == (ROWS, 500)
    assert found.value == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_fewer_rows_than_neighbours_are_refused(rows: int) -> None:
    """With how many there are."""
    with pytest.raises(DataError, match=f"20 neighbours .* there are {rows} different rows"):
        intrinsic_dimension(flat(2)[:rows])


def test_rows_that_are_all_equally_far_are_refused() -> None:
    """As those with one value other than 0, each elsewhere."""
    with pytest.raises(DataError, match="nothing can be told of a dimension"):
        intrinsic_dimension(np.eye(40))
