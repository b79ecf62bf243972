"""Are the nearest samples found, and is it counted rightly how many a map keeps?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from aecore.errors import LatentError
from aecore.latent.neighbours import compare, kept, nearest, of_every, shared, usual_distance

LINE = np.array([[0.0], [1.0], [3.0], [7.0]])


def test_neighbours_of_a_sample_leave_it_out() -> None:
    """The nearest come first, with their distances, and never the sample itself."""
    found = nearest(LINE, 1, count=10)

    assert found.index.tolist() == [0, 2, 3]
    assert found.distance.tolist() == [1.0, 2.0, 6.0]


def test_neighbours_of_a_place_are_all_samples() -> None:
    """A place that is a sample's own finds that sample, too."""
    found = nearest(LINE, np.array([3.0]), count=2)

    assert found.index.tolist() == [2, 1]
    assert found.distance.tolist() == [0.0, 2.0]


def test_an_equal_code_is_a_neighbour() -> None:
    """Only the sample asked about is left out, not others with its code."""
    found = nearest(np.array([[5.0, 5], [1, 1], [5, 5]]), 0, count=1)

    assert (found.index.tolist(), found.distance.tolist()) == ([2], [0.0])


def test_cosine_looks_at_directions_alone() -> None:
    """A longer code in the same direction is at 0, one at right angles at 1, opposite at 2."""
    code = np.array([[1.0, 0], [0, 2], [-3, 0], [9, 0], [0, 0]])

    found = nearest(code, np.array([2.0, 0]), "cosine", count=5)

    assert found.index.tolist() == [0, 3, 1, 4, 2]
    np.testing.assert_allclose(found.distance, [0, 0, 1, 1, 2], atol=1e-12)


@given(st.integers(0, 1000), st.integers(1, 8), st.sampled_from(["euclidean", "cosine"]))
def test_neighbours_agree_with_the_distances_of_all(seed: int, count: int, metric: str) -> None:
    """The found are the smallest of all distances but the sample's own."""
    code = np.random.default_rng(seed).normal(size=(9, 3))
    others = np.delete(cdist(code[4:5], code, metric)[0], 4)

    found = nearest(code, 4, metric, count)  # type: ignore[arg-type]

    np.testing.assert_allclose(found.distance, np.sort(others)[:count], atol=1e-12)


@pytest.mark.parametrize(
    ("query", "words"),
    [(4, "no sample 4 among 4"), (-1, "no sample -1"), (np.ones(2), "1 numbers, and the point 2")],
)
def test_a_query_that_does_not_fit_is_refused(query: np.ndarray | int, words: str) -> None:
    """An index beyond the samples, and a place of another space."""
    with pytest.raises(LatentError, match=words):
        nearest(LINE, query)


def test_neighbours_of_every_sample() -> None:
    """Nearest first, and none its own neighbour."""
    assert of_every(LINE, 2).tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]


def test_a_map_that_is_the_code_keeps_all_neighbours() -> None:
    """Turning and scaling it changes no neighbours either."""
    code = np.random.default_rng(0).normal(size=(50, 2))

    np.testing.assert_array_equal(kept(code, 3 * code @ [[0, 1], [-1, 0]], 5), np.ones(50))


def test_lost_neighbours_are_counted_for_their_sample() -> None:
    """Swapping two far ends of a line leaves them without neighbours and the middle as it was."""
    code = np.arange(9.0)[:, None]
    points = code.copy()
    points[[0, 8]] = points[[8, 0]]

    share = kept(code, points, 2)

    assert share[[0, 8]].tolist() == [0.0, 0.0]
    assert share[[3, 4, 5]].tolist() == [1.0, 1.0, 1.0]


def test_all_samples_with_one_code_are_neighbours() -> None:
    """However the map parts them: each is at the same distance, and none is nearer."""
    code = np.repeat([[0.0], [10.0]], 20, axis=0)
    rng = np.random.default_rng(0)

    assert kept(code, code + rng.normal(size=(40, 1)), 3).min() == 1.0


def test_shared_neighbours_keep_the_order_of_the_code() -> None:
    """Those in both, and no others."""
    assert shared(np.array([5, 2, 9, 1]), np.array([1, 5, 7])).tolist() == [5, 1]
    assert shared(np.array([5]), np.array([1])).tolist() == []


def test_neighbours_in_code_and_map_are_compared() -> None:
    """On a line and with its ends swapped: by hand, with what chance alone would keep."""
    code = np.arange(5.0)[:, None] + 1
    swapped = code[[4, 1, 2, 3, 0]]

    found = compare(code, swapped, 1, "euclidean", 2)

    assert found.in_code.index.tolist() == [0, 2]
    assert found.in_map.index.tolist() == [2, 4]
    assert (found.shared.tolist(), found.share, found.chance) == ([2], 0.5, 0.5)


def test_a_single_sample_has_no_neighbours_to_compare() -> None:
    """It says so."""
    with pytest.raises(LatentError, match="no neighbours"):
        compare(LINE[:1], LINE[:1], 0, "euclidean", 2)


def test_the_usual_distance_is_that_to_the_nearest_other() -> None:
    """On the line 0, 1, 3, 7 those are 1, 1, 2 and 4; equal codes lie at 0, one has no other."""
    assert usual_distance(LINE) == pytest.approx(1.5)
    assert usual_distance(np.repeat(LINE, 2, axis=0)) == 0.0
    assert usual_distance(LINE[:1]) == 0.0
