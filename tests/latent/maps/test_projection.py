"""Are maps of the latent space right, and do odd codes still give one, or a sentence?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.manifold import trustworthiness

from aecore.errors import LatentError
from aecore.latent.maps.available import largest_perplexity
from aecore.latent.maps.projection import pca, tsne


def clusters(rows: int = 120, width: int = 8, seed: int = 0) -> np.ndarray:
    """Three well separated clusters of codes."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(scale=20, size=(3, width))
    return centres[np.arange(rows) % 3] + rng.normal(size=(rows, width))


def test_pca_keeps_the_directions_of_largest_variance() -> None:
    """The shares are those of the covariance's eigenvalues, and the points have that variance."""
    code = clusters()
    eigenvalues = np.linalg.eigvalsh(np.cov(code.T))[::-1]

    projection = pca(code, 3)

    np.testing.assert_allclose(projection.explained, eigenvalues[:3] / eigenvalues.sum())
    np.testing.assert_allclose(projection.points.var(axis=0, ddof=1), eigenvalues[:3], rtol=1e-4)


@pytest.mark.parametrize("dimensions", [2, 3])
def test_pca_of_a_code_of_one_number_pads_with_zeros(dimensions: int) -> None:
    """The first axis explains everything, the others nothing."""
    projection = pca(np.arange(10.0)[:, None], dimensions)

    assert projection.points.shape == (10, dimensions)
    assert projection.explained == (1.0, *(0.0,) * (dimensions - 1))
    assert not projection.points[:, 1:].any()


def test_pca_of_fewer_samples_than_dimensions_pads_with_zeros() -> None:
    """Two samples span a line."""
    projection = pca(np.array([[0.0, 0, 0, 0], [1, 2, 3, 4]]), 3)

    assert projection.explained[0] == pytest.approx(1)
    np.testing.assert_allclose(projection.points[:, 1:], 0, atol=1e-6)


@pytest.mark.parametrize("code", [np.full((5, 4), 3.0), np.ones((1, 6))])
def test_pca_of_equal_codes_is_one_point(code: np.ndarray) -> None:
    """Nothing varies, so nothing is explained, and nothing is NaN."""
    projection = pca(code, 2)

    assert projection.explained == (0.0, 0.0)
    assert not projection.points.any()


@given(
    hnp.arrays(
        np.float32,
        hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12),
        elements=st.floats(-1e3, 1e3, width=32),
    ),
    st.sampled_from([2, 3]),
)
def test_pca_of_any_finite_codes_is_finite(code: np.ndarray, dimensions: int) -> None:
    """Whatever the shape, there is a map, and its shares are shares."""
    projection = pca(code, dimensions)

    assert projection.points.shape == (len(code), dimensions)
    assert np.isfinite(projection.points).all()
    assert 0 <= sum(projection.explained) <= 1 + 1e-6


@pytest.mark.parametrize("dimensions", [2, 3])
def test_tsne_keeps_neighbours(dimensions: int) -> None:
    """The neighbours of the code are those of the map, in the plane and in space."""
    code = clusters()

    projection = tsne(code, dimensions, perplexity=15, iterations=300)

    assert projection.points.shape == (120, dimensions)
    assert projection.iterations == 300
    assert trustworthiness(code, projection.points, n_neighbors=5) > 0.9


def test_tsne_of_many_rows_keeps_neighbours() -> None:
    """So does the method for large sets."""
    code = clusters(3000)

    projection = tsne(code, perplexity=20, iterations=150)

    of_other_clusters = _nearest_other(projection.points)
    assert (of_other_clusters % 3 == np.arange(3000) % 3).mean() > 0.95


def _nearest_other(points: np.ndarray) -> np.ndarray:
    from sklearn.neighbors import NearestNeighbors

    found = NearestNeighbors(n_neighbors=2).fit(points).kneighbors(return_distance=False)
    return np.asarray(found[:, 0])


def test_tsne_of_one_seed_is_one_map() -> None:
    """Equal seeds give equal points, others do not."""
    first, again = tsne(clusters(), seed=1, iterations=60), tsne(clusters(), seed=1, iterations=60)
    other = tsne(clusters(), seed=2, iterations=60)

    np.testing.assert_array_equal(first.points, again.points)
    assert not np.array_equal(first.points, other.points)


def test_tsne_tells_of_progress_and_keeps_what_there_is_when_stopped() -> None:
    """Progress counts over both phases; a stop returns the points of that moment."""
    seen: list[tuple[int, np.ndarray]] = []

    projection = tsne(
        clusters(),
        iterations=600,
        on_progress=lambda done, points: seen.append((done, points)),
        should_stop=lambda: len(seen) == 20,
    )

    assert [done for done, _ in seen] == list(range(20, 401, 20))
    assert projection.iterations == 400
    assert np.isfinite(projection.points).all()
    assert not np.array_equal(seen[0][1], seen[-1][1])


@pytest.mark.parametrize("code", [np.ones((40, 3)), np.arange(40.0)[:, None]])
def test_tsne_of_odd_codes_is_finite(code: np.ndarray) -> None:
    """Equal codes and codes of one number still give a map."""
    projection = tsne(code, perplexity=5, iterations=100)

    assert np.isfinite(projection.points).all()


def test_tsne_of_a_code_of_one_number_leaves_the_line() -> None:
    """The jitter of the start lets points use the second axis."""
    projection = tsne(np.arange(90.0)[:, None], perplexity=20, iterations=300)

    assert projection.points[:, 1].std() > 0.01


@pytest.mark.parametrize(
    ("rows", "settings", "words"),
    [
        (5, {}, "5 samples are too few"),
        (40, {"perplexity": 30}, "Perplexity must be from 2 to 13 for 40 samples, not 30"),
        (40, {"perplexity": 1}, "Choose 2 or more"),
        (40, {"perplexity": 5, "iterations": 0}, "from 50 to 5000 iterations, not 0"),
        (40, {"perplexity": 5, "dimensions": 4}, "2 or 3 dimensions, not 4"),
    ],
)
def test_tsne_refuses_settings_that_do_not_fit(
    rows: int, settings: dict[str, int], words: str
) -> None:
    """With what must hold and what came."""
    with pytest.raises(LatentError) as caught:
        tsne(clusters(rows), **settings)

    assert words in str(caught.value)


@pytest.mark.parametrize("project", [pca, tsne])
@pytest.mark.parametrize(
    ("code", "words"),
    [(np.empty((0, 4)), "no latent codes"), (np.array([[1.0, np.nan]] * 40), "not finite")],
)
def test_codes_that_are_none_are_refused(project: object, code: np.ndarray, words: str) -> None:
    """A diverged or empty run gets a sentence, not a traceback."""
    with pytest.raises(LatentError, match=words):
        project(code, 2)  # type: ignore[operator]


def test_the_largest_perplexity_offered_is_accepted() -> None:
    """What the form offers, the engine takes."""
    code = clusters(31)

    projection = tsne(code, perplexity=largest_perplexity(len(code)), iterations=50)

    assert np.isfinite(projection.points).all()
