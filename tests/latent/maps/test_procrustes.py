"""Are maps turned onto one another without changing their shape?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import pdist

from aecore.errors import LatentError
from aecore.latent.maps.procrustes import align, align_all


def points(seed: int = 0, rows: int = 40) -> np.ndarray:
    """A map with a long and a short side."""
    return np.random.default_rng(seed).normal(size=(rows, 2)) * [3, 1]


def turned(frame: np.ndarray, angle: float, mirrored: bool = False) -> np.ndarray:
    """The map turned around the origin, and mirrored where that is asked for."""
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return frame @ turn * ([-1, 1] if mirrored else [1, 1])


@given(st.floats(-np.pi, np.pi), st.booleans(), st.floats(-100, 100))
def test_a_moved_map_is_moved_back(angle: float, mirrored: bool, shift: float) -> None:
    """Whatever way it was turned, mirrored and shifted."""
    fixed = points()

    aligned = align(turned(fixed, angle, mirrored) + shift, fixed)

    np.testing.assert_allclose(aligned, fixed, atol=1e-9)


@given(st.integers(0, 1000))
def test_alignment_keeps_distances_and_no_turn_is_nearer(seed: int) -> None:
    """It is not scaled, and every other turn around the centre lies further off."""
    moving, fixed = points(seed) * 5, points(seed + 1)

    aligned = align(moving, fixed)

    np.testing.assert_allclose(pdist(aligned), pdist(moving))
    np.testing.assert_allclose(aligned.mean(axis=0), fixed.mean(axis=0))
    centre = fixed.mean(axis=0)
    for angle in (-1.0, -0.1, 0.1, 1.0, 3.0):
        other = turned(aligned - centre, angle) + centre
        assert np.square(aligned - fixed).sum() <= np.square(other - fixed).sum() + 1e-9


def test_a_film_of_a_turning_map_stands_still() -> None:
    """All frames come to lie on the last, which stays as it is."""
    frames = [turned(points(), angle) + angle for angle in (0.0, 0.5, 2.0, 3.0)]

    aligned = align_all(frames)

    for frame in aligned:
        np.testing.assert_allclose(frame, frames[-1], atol=1e-9)


def test_a_film_can_be_laid_over_any_frame() -> None:
    """Those before and after it follow."""
    frames = [turned(points(), angle) for angle in (0.0, 0.5, 2.0)]

    for frame in align_all(frames, reference=1):
        np.testing.assert_allclose(frame, frames[1], atol=1e-9)


def test_frames_follow_their_neighbours() -> None:
    """Each frame is laid over the aligned one next to it, not over the reference."""
    frames = [points(seed) for seed in range(3)]

    aligned = align_all(frames)

    np.testing.assert_allclose(aligned[0], align(frames[0], align(frames[1], frames[2])))


def test_one_frame_is_a_film() -> None:
    """It is its own reference."""
    np.testing.assert_array_equal(align_all([points()])[0], points())


@pytest.mark.parametrize("frame", [np.zeros((5, 2)), np.arange(10.0).reshape(5, 2)])
def test_points_on_a_line_or_one_spot_are_aligned(frame: np.ndarray) -> None:
    """A collapsed map stays finite and of its own shape."""
    aligned = align(frame, points(rows=5))

    np.testing.assert_allclose(pdist(aligned), pdist(frame), atol=1e-9)


def test_maps_of_different_samples_are_refused() -> None:
    """And so is a film without the frame to lay it over."""
    with pytest.raises(LatentError, match="cannot be laid over"):
        align(points(), points(rows=7))
    with pytest.raises(LatentError, match="no frame -1 among 0"):
        align_all([])
