"""Is the plane of a map exact in both directions?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.latent.maps.plane import fit_plane, plane_of
from aecore.latent.maps.projection import pca


def codes(rows: int = 200, width: int = 6, seed: int = 0) -> np.ndarray:
    """Codes that vary more in some units than in others, away from the origin."""
    return np.random.default_rng(seed).normal(size=(rows, width)) * np.arange(1, width + 1) + 7


@given(st.integers(0, 1000), st.integers(2, 8))
def test_places_survive_the_way_to_codes_and_back(seed: int, width: int) -> None:
    """Every place in the plane is the place of its code."""
    plane = fit_plane(codes(30, width, seed))
    places = np.random.default_rng(seed).normal(scale=50, size=(20, 2))

    np.testing.assert_allclose(plane.to_plane(plane.from_plane(places)), places, atol=1e-5)


@given(st.integers(0, 1000))
def test_codes_in_the_plane_survive_and_others_are_projected(seed: int) -> None:
    """Going there and back is the orthogonal projection: idempotent, the rest at right angles."""
    code = codes(40, 5, seed)
    plane = fit_plane(code)

    projected = plane.from_plane(plane.to_plane(code))

    np.testing.assert_allclose(plane.from_plane(plane.to_plane(projected)), projected, atol=1e-5)
    np.testing.assert_allclose((code - projected) @ plane.axes, 0, atol=1e-9)
    assert np.abs(code - projected).max() > 0.01


def test_a_code_of_two_numbers_is_recovered_whole() -> None:
    """Nothing is lost where the plane is all there is."""
    code = codes(50, 2)
    plane = fit_plane(code)

    np.testing.assert_allclose(plane.from_plane(plane.to_plane(code)), code, atol=1e-9)
    assert sum(plane.explained) == pytest.approx(1)


@pytest.mark.parametrize(("rows", "width"), [(200, 6), (900, 600), (5, 1), (2, 4)])
def test_the_plane_is_that_of_the_map(rows: int, width: int) -> None:
    """A place clicked in the map of PCA is the same place here, of whatever size the codes are."""
    code = codes(rows, width)
    plane, drawn = fit_plane(code), pca(code, 2)

    np.testing.assert_allclose(plane.to_plane(code), drawn.points, rtol=1e-4, atol=1e-2)
    assert plane.explained == pytest.approx(drawn.explained)


def test_a_code_of_one_number_fills_one_axis() -> None:
    """Moving along the other changes nothing."""
    plane = fit_plane(np.arange(10.0)[:, None])

    assert plane.explained == (1.0, 0.0)
    np.testing.assert_allclose(plane.from_plane([[0.0, 3], [0.0, -9]]), [[4.5], [4.5]])


@pytest.mark.parametrize("code", [np.full((5, 3), 2.0), np.full((1, 3), 2.0)])
def test_equal_codes_are_one_place(code: np.ndarray) -> None:
    """Every place stands for that one code."""
    plane = fit_plane(code)

    assert plane.explained == (0.0, 0.0)
    np.testing.assert_array_equal(plane.from_plane([[5.0, 5.0]]), [[2.0, 2.0, 2.0]])


def test_a_code_of_two_numbers_is_its_own_plane() -> None:
    """Places are codes, to the last digit; of more numbers it is the plane of PCA."""
    code = codes(50, 2)
    plane = plane_of(code)

    np.testing.assert_array_equal(plane.to_plane(code), code)
    np.testing.assert_array_equal(plane.from_plane(code), code)
    assert plane.explained == pytest.approx(code.var(axis=0) / code.var(axis=0).sum())
    np.testing.assert_array_equal(plane_of(codes(50, 3)).axes, fit_plane(codes(50, 3)).axes)
