"""Do the figures of a map agree with their definitions, and with chance for a random map?"""

from __future__ import annotations

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn import manifold

from aecore.errors import LatentError
from aecore.latent.maps import quality
from aecore.latent.maps.quality import QUANTITIES, assess, continuity, reliability, trustworthiness
from aecore.latent.neighbours import kept, of_every


def codes(rows: int, width: int = 5, seed: int = 0) -> np.ndarray:
    """Codes without structure."""
    return np.random.default_rng(seed).normal(size=(rows, width))


@given(st.integers(0, 1000), st.integers(5, 40), st.data())
def test_trustworthiness_and_continuity_agree_with_scikit_learn(
    seed: int, rows: int, data: st.DataObject
) -> None:
    """For all sizes and neighbours; continuity is its value with the spaces swapped."""
    k = data.draw(st.integers(1, (rows - 1) // 2))
    high, low = codes(rows, seed=seed), codes(rows, 2, seed=seed + 1)

    expected = manifold.trustworthiness(high, low, n_neighbors=k)
    assert trustworthiness(high, low, k) == pytest.approx(expected)
    expected = manifold.trustworthiness(low, high, n_neighbors=k)
    assert continuity(high, low, k) == pytest.approx(expected)


def test_a_map_that_is_the_code_is_perfect() -> None:
    """All four figures are 1, and each point is reliable."""
    code = codes(60, 2)
    quality = assess(code, 5 - 2 * code)

    assert quality.trustworthiness == quality.continuity == 1
    assert quality.neighbourhood_preservation == 1
    assert quality.distance_correlation == pytest.approx(1)
    np.testing.assert_array_equal(reliability(code, code), np.ones(60))


def test_a_random_map_is_at_chance() -> None:
    """Trustworthiness, continuity and neighbours kept are what is given as chance."""
    quality = assess(codes(1000), codes(1000, 2, seed=1), k=20)

    assert quality.trustworthiness == pytest.approx(quality.chance_trustworthiness, abs=0.01)
    assert quality.continuity == pytest.approx(quality.chance_trustworthiness, abs=0.01)
    assert quality.chance_preservation == pytest.approx(20 / 999)
    assert quality.neighbourhood_preservation == pytest.approx(20 / 999, abs=0.005)
    assert quality.distance_correlation == pytest.approx(0, abs=0.05)


def test_a_fold_is_untrustworthy_and_a_cut_is_not_continuous() -> None:
    """Laying a strip over itself brings strangers together; cutting a ring parts neighbours."""
    along = np.linspace(-1, 1, 200)
    folded = np.abs(along)[:, None] + 1e-4 * codes(200, 1)
    assert trustworthiness(along[:, None], folded, 10) < 0.9
    assert continuity(along[:, None], folded, 10) > 0.98

    angle = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    assert trustworthiness(ring, angle[:, None], 10) > continuity(ring, angle[:, None], 10)


def test_shuffled_clusters_keep_neighbours_but_not_distances() -> None:
    """What trustworthiness and continuity miss, the correlation of distances shows."""
    place = np.repeat(np.arange(8.0) * 100, 30)
    moved = np.repeat(np.random.default_rng(3).permutation(8) * 100.0, 30)
    within = codes(240, 1)[:, 0]

    quality = assess((place + within)[:, None], (moved + within)[:, None], k=10)

    assert min(quality.trustworthiness, quality.continuity) == 1
    assert quality.distance_correlation < 0.5


def test_distances_are_correlated_by_rank() -> None:
    """As SciPy has it, over all pairs, unmoved by a monotone change of scale."""
    high, low = codes(30), codes(30, 2, seed=1)
    i, j = np.triu_indices(30, 1)
    of_high, of_low = (np.linalg.norm(x[i] - x[j], axis=1) for x in (high, low))

    found = quality.distance_correlation(high, low)

    assert found == pytest.approx(spearmanr(of_high, of_low**3).statistic)


def test_equal_distances_have_no_correlation() -> None:
    """The corners of a simplex are all equally far apart."""
    assert math.isnan(quality.distance_correlation(np.eye(6), codes(6, 2)))


def test_equal_codes_do_not_count_against_a_map() -> None:
    """Any order of samples with one code is right, and a map that parts them is perfect."""
    code = np.repeat([[0.0], [1.0], [5.0]], 20, axis=0)

    quality = assess(code, code + 0.01 * codes(60, 1), k=5)

    assert quality.trustworthiness == quality.neighbourhood_preservation == 1


def test_reliability_is_low_where_the_map_is_wrong() -> None:
    """A torn corner of a map is told from the rest; all values are shares."""
    code = codes(200, 2)
    points = code.copy()
    corner = (code > 0).all(axis=1)
    points[corner] = points[corner][np.random.default_rng(1).permutation(int(corner.sum()))]

    share = reliability(code, points, k=8)

    assert share.shape == (200,)
    assert 0 <= share.min() <= share.max() <= 1
    assert share[corner].mean() < 0.5
    assert share[(code < -0.5).any(axis=1)].mean() > 0.9


def test_reliability_is_averaged_over_a_point_and_its_map_neighbours() -> None:
    """With equal weights, which a point's own share alone is too coarse for."""
    code, points = codes(40), codes(40, 2, seed=1)
    share = kept(code, points, 4)

    expected = [share[[i, *others]].mean() for i, others in enumerate(of_every(points, 4))]

    np.testing.assert_allclose(reliability(code, points, 4), expected)


@given(st.integers(5, 200), st.data())
def test_chance_is_the_mean_over_all_ranks(rows: int, data: st.DataObject) -> None:
    """A random neighbour has every rank equally often."""
    k = data.draw(st.integers(1, (rows - 1) // 2))
    excess = np.maximum(np.arange(1, rows) - k, 0).mean()

    expected = 1 - 2 / (rows * k * (2 * rows - 3 * k - 1)) * rows * k * excess

    assert quality.chance_trustworthiness(rows, k) == pytest.approx(expected)


def test_many_samples_are_drawn_from() -> None:
    """The same seed gives the same figures, and how many were compared is told."""
    code = codes(3200, 3)
    quality = assess(code, code[:, :2], k=5, seed=4)

    assert (quality.rows, quality.total, quality.k) == (3000, 3200, 5)
    assert quality == assess(code, code[:, :2], k=5, seed=4)


@given(st.integers(4, 12), st.integers(1, 50))
def test_k_is_cut_to_what_few_samples_allow(rows: int, k: int) -> None:
    """All figures are finite and in their range, whatever was asked for."""
    quality = assess(codes(rows), codes(rows, 2, seed=1), k)

    assert 1 <= quality.k < rows / 2
    assert 0 <= quality.trustworthiness <= 1
    assert 0 <= quality.continuity <= 1
    assert 0 <= quality.neighbourhood_preservation <= 1


@pytest.mark.parametrize(
    ("high", "low", "words"),
    [
        (codes(3), codes(3, 2), "Keep at least 4 samples"),
        (codes(9), codes(8, 2), "9 codes but 8 points"),
        (np.ones((9, 3)), codes(9, 2), "lie on one point"),
        (codes(9), np.ones((9, 2)), "lie on one point"),
        (codes(9), np.full((9, 2), np.nan), "not finite"),
    ],
)
def test_what_cannot_be_judged_is_refused(high: np.ndarray, low: np.ndarray, words: str) -> None:
    """With a sentence, whether the map as a whole or each point is asked for."""
    for judge in (assess, reliability):
        with pytest.raises(LatentError, match=words):
            judge(high, low)


def test_each_figure_says_how_it_is_read() -> None:
    """Every entry names a figure of the result, with title, unit and a sentence."""
    found = asdict(assess(codes(20), codes(20, 2)))

    assert set(QUANTITIES) < set(found)
    for name, quantity in QUANTITIES.items():
        assert quantity.name == name
        assert quantity.title and quantity.unit and quantity.reading.endswith(".")
