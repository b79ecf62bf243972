"""Do new codes come to lie on a t-SNE map where their likes do, and do the old points stay?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.datasets import load_digits

from aecore.errors import LatentError
from aecore.latent.maps.placing import KnownMap, known_map, place
from aecore.latent.maps.projection import pca, tsne
from aecore.latent.neighbours import nearest

ROWS, NEW = 800, 200


@pytest.fixture(scope="module")
def digits() -> tuple[np.ndarray, np.ndarray]:
    """Codes (n, 16) of real digits by PCA, and their classes."""
    x, label = load_digits(return_X_y=True)
    chosen = np.random.default_rng(0).permutation(len(x))[: ROWS + NEW]
    return pca(x[chosen] / 16, 16).points, label[chosen]


@pytest.fixture(scope="module")
def points(digits: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The map of all but the last of them."""
    return tsne(digits[0][:ROWS], perplexity=20, iterations=400).points


@pytest.fixture(scope="module")
def known(digits: tuple[np.ndarray, np.ndarray], points: np.ndarray) -> KnownMap:
    """The map as new codes can be placed on it."""
    return known_map(points, digits[0][:ROWS])


def test_samples_of_the_map_land_on_their_own_points(
    digits: tuple[np.ndarray, np.ndarray], points: np.ndarray, known: KnownMap
) -> None:
    """Half of them within a hundredth of the map's spread, which is what it must be for most."""
    again = place(known, digits[0][:ROWS])

    spread = np.linalg.norm(points - points.mean(axis=0), axis=1).mean()
    off = np.linalg.norm(again - points, axis=1) / spread
    assert np.median(off) < 0.01
    assert np.mean(off < 0.1) > 0.95


def test_new_samples_land_among_their_class(
    digits: tuple[np.ndarray, np.ndarray], points: np.ndarray, known: KnownMap
) -> None:
    """Nearly as often as the nearest code is of their class, which no place could improve on."""
    code, label = digits
    placed = place(known, code[ROWS:])

    in_map = [label[nearest(points, point, count=1).index[0]] for point in placed]
    in_code = [label[nearest(code[:ROWS], one, count=1).index[0]] for one in code[ROWS:]]

    agreed, best = (np.mean(np.array(found) == label[ROWS:]) for found in (in_map, in_code))
    assert best > 0.9
    assert agreed > best - 0.05


def test_the_points_of_the_map_stay_where_they_are(
    digits: tuple[np.ndarray, np.ndarray], points: np.ndarray
) -> None:
    """Even on a map far from the origin, which keeps its place; new codes land there too."""
    away = points.astype(np.float64) + np.array([300.0, -40.0])
    before = away.copy()
    known = known_map(away, digits[0][:ROWS])

    placed = place(known, digits[0][:100])

    np.testing.assert_array_equal(away, before)
    np.testing.assert_array_equal(np.asarray(known.embedding), before)
    assert np.median(np.linalg.norm(placed - away[:100], axis=1)) < 1.0


def test_a_code_has_one_place(digits: tuple[np.ndarray, np.ndarray], known: KnownMap) -> None:
    """Asked for again, and whichever others are placed beside it."""
    code = digits[0][ROWS : ROWS + 5]

    together = place(known, code)

    np.testing.assert_array_equal(place(known, code), together)
    np.testing.assert_allclose(place(known, code[3:4]), together[3:4], atol=1e-8)


@settings(max_examples=30)
@given(hnp.arrays(np.float32, (2, 16), elements=st.floats(-1e6, 1e6, width=32)))
def test_any_code_has_a_place(known: KnownMap, code: np.ndarray) -> None:
    """Like none of the samples as it may be."""
    assert np.isfinite(place(known, code)).all()


@pytest.mark.parametrize(
    "code", [np.ones((40, 3)), np.arange(7.0)[:, None], np.repeat(np.arange(4.0), 20)[:, None]]
)
def test_maps_of_odd_codes_have_places_too(code: np.ndarray) -> None:
    """Equal codes, and as few as a map can have."""
    known = known_map(tsne(code, perplexity=2, iterations=100).points, code)

    assert np.isfinite(place(known, code[:3] + 0.5)).all()


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (np.zeros((1, 3)), "codes of 16 numbers, and these have 3"),
        (np.full((1, 16), np.nan), "not finite"),
        (np.empty((0, 16)), "no latent codes"),
        (np.full((1, 16), 1e200), "too far"),
    ],
)
def test_codes_that_cannot_be_placed_are_refused(
    known: KnownMap, new: np.ndarray, words: str
) -> None:
    """With a sentence, and no place at random."""
    with pytest.raises(LatentError, match=words):
        place(known, new)


@pytest.mark.parametrize(
    ("points", "code", "words"),
    [
        (np.zeros((9, 2)), np.zeros((10, 4)), "map of 10 codes"),
        (np.zeros((10, 3)), np.zeros((10, 4)), "map of 10 codes"),
        (np.zeros((6, 2)), np.zeros((6, 4)), "6 samples are too few"),
        (np.full((10, 2), np.inf), np.zeros((10, 4)), "not finite"),
    ],
)
def test_what_is_no_map_is_refused(points: np.ndarray, code: np.ndarray, words: str) -> None:
    """Points in space, fewer points than codes, or too few of both."""
    with pytest.raises(LatentError, match=words):
        known_map(points, code)
