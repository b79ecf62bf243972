"""Is density a density, and are empty places told from filled ones?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from aecore.errors import LatentError
from aecore.latent.maps.density import RARE, Density, density, share_emptier


def blobs(rows: int = 1000, seed: int = 0) -> np.ndarray:
    """Two round clusters of standard deviation 1, around (0, 0) and (20, 0)."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(rows, 2)) + np.array([[0.0, 0], [20, 0]])[np.arange(rows) % 2]


def total(found: Density) -> float:
    """The density summed over the area of the grid."""
    left, right, bottom, top = found.extent
    return float(found.values.sum() * (right - left) * (top - bottom) / found.values.size)


@given(
    hnp.arrays(
        np.float64,
        st.tuples(st.integers(1, 15), st.just(2)),
        elements=st.floats(-1e6, 1e6),
    ),
    st.integers(5, 40),
)
def test_density_of_any_points_sums_to_one(points: np.ndarray, cells: int) -> None:
    """Single, equal and collinear points included."""
    found = density(points, cells)

    assert found.values.shape == (cells, cells)
    assert found.values.min() >= 0
    assert total(found) == pytest.approx(1)


def test_density_is_that_of_the_distribution() -> None:
    """At the centre of one cluster of two it is near half of a normal distribution's peak."""
    found = density(blobs(20_000))

    peak = 0.5 / (2 * np.pi)
    np.testing.assert_allclose(found.at(np.array([[0.0, 0], [20, 0]])), peak, rtol=0.15)
    assert found.at(np.array([[1.0, 0]]))[0] == pytest.approx(peak * np.exp(-0.5), rel=0.15)


def test_rows_go_up_and_columns_to_the_right() -> None:
    """A point at the bottom right is in the first row and towards the last column."""
    found = density(np.array([[0.0, 9], [0, 9], [0, 9], [9, 0]]), cells=30)
    left, right, bottom, top = found.extent

    row, column = np.unravel_index(found.values.argmax(), found.values.shape)
    assert left < 0 < 9 < right and bottom < 0 < 9 < top
    assert row > 15 > column


def test_the_blur_is_round() -> None:
    """It widens a long map by as much along it as across, though the cells are long."""
    points = np.random.default_rng(0).normal(size=(1000, 2)) * [10, 1]
    found = density(points, cells=400)
    left, right, bottom, top = found.extent

    wider = [
        spread(found.values.sum(axis=0), left, right) - points[:, 0].var(),
        spread(found.values.sum(axis=1), bottom, top) - points[:, 1].var(),
    ]

    assert wider[1] > 0.1
    assert wider[0] == pytest.approx(wider[1], abs=0.1)


def spread(weights: np.ndarray, low: float, high: float) -> float:
    """The variance of cells from low to high."""
    middle = low + (np.arange(len(weights)) + 0.5) * (high - low) / len(weights)
    mean = np.average(middle, weights=weights)
    return float(np.average((middle - mean) ** 2, weights=weights))


def test_there_is_no_density_outside_of_the_grid() -> None:
    """On any side, even where the cell at its edge is filled."""
    found = density(blobs(), cells=2)

    assert found.values.min() > 0
    beyond = np.array([[500.0, 0], [-500, 0], [0, 500], [0, -500]])
    assert found.at(beyond).tolist() == [0.0] * 4


def test_places_between_clusters_and_outside_are_empty() -> None:
    """And places within them are not."""
    points = blobs()
    found = density(points)

    def emptier(places: list[list[float]]) -> np.ndarray:
        return share_emptier(found, points, found.at(np.array(places)))

    assert (emptier([[10.0, 0], [0, 15], [500, 0], [-500, -500]]) < RARE).all()
    assert (emptier([[0.0, 0], [20, 0], [0.5, -0.5]]) >= RARE).all()


def test_no_points_are_refused() -> None:
    """There is nothing to draw."""
    with pytest.raises(LatentError, match="no latent codes"):
        density(np.empty((0, 2)))


def test_share_of_samples_in_emptier_places() -> None:
    """None lie emptier than nowhere, nearly all emptier than the densest place."""
    points = blobs()
    found = density(points)

    places = np.array([[10.0, 0], [0, 0], [500, 500], [2, 2]])
    shares = share_emptier(found, points, found.at(places))

    own = found.at(points)
    assert shares.tolist() == [float((own < value).mean()) for value in found.at(places)]
    assert shares[0] == shares[2] == 0 and shares[1] > 0.9
