"""Is it told how much two maps of the same samples have in common?"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from aecore.errors import LatentError
from aecore.latent.maps.stability import QUANTITIES, stability


def points(rows: int = 300, seed: int = 0) -> np.ndarray:
    """A map without structure."""
    return np.random.default_rng(seed).normal(size=(rows, 2))


def test_turned_and_scaled_maps_are_the_same() -> None:
    """Neither neighbours nor shape change."""
    first = points()
    turned = 3 * first @ [[0, 1], [1, 0]] + 7

    found = stability([first, turned, -first])

    assert found.neighbourhood_overlap == 1
    assert found.disparity == pytest.approx(0, abs=1e-12)
    assert found.maps == 3


def test_random_maps_have_nothing_in_common() -> None:
    """Their overlap is that of chance, and their disparity near 1."""
    found = stability([points(seed=seed) for seed in range(3)], k=10)

    assert found.chance_overlap == pytest.approx(10 / 299)
    assert found.neighbourhood_overlap == pytest.approx(10 / 299, abs=0.01)
    assert found.disparity > 0.95


def test_every_two_maps_are_compared() -> None:
    """Of three maps, of which two are equal, one pair in three is."""
    found = stability([points(), points(), points(seed=1)], k=10)

    assert found.neighbourhood_overlap == pytest.approx(1 / 3 + 2 / 3 * 10 / 299, abs=0.02)
    assert found.disparity == pytest.approx(2 / 3, abs=0.03)


def test_many_samples_are_drawn_from() -> None:
    """The same samples from each map, so that equal maps stay equal."""
    found = stability([points(3100), points(3100)], k=5)

    assert (found.rows, found.k, found.neighbourhood_overlap) == (3000, 5, 1.0)


@pytest.mark.parametrize("maps", [[], [points()], [points(), points(200)]])
def test_maps_that_cannot_be_compared_are_refused(maps: list[np.ndarray]) -> None:
    """None, one, and such of different samples."""
    with pytest.raises(LatentError, match="at least two maps of the same samples"):
        stability(maps)


def test_a_collapsed_map_is_refused() -> None:
    """It has no shape to compare."""
    with pytest.raises(LatentError, match="lie on one point"):
        stability([points(), np.zeros((300, 2))])


def test_each_figure_says_how_it_is_read() -> None:
    """Every entry names a figure of the result, with a sentence."""
    assert set(QUANTITIES) < set(asdict(stability([points(), points()])))
    assert all(name == quantity.name and quantity.reading for name, quantity in QUANTITIES.items())
