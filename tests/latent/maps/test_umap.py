"""Is UMAP's map that of umap-learn, drawn so that it moves, stops and comes out the same?"""

from __future__ import annotations

import importlib
import sys

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from aecore.errors import LatentError
from aecore.latent.maps.available import LEAST_ROWS_FOR_UMAP, largest_neighbourhood
from aecore.latent.maps.projection import tsne
from aecore.latent.maps.umap import umap


def digits(rows: int = 300) -> np.ndarray:
    """Handwritten digits as codes of 64 numbers."""
    return np.asarray(load_digits().data[:rows])


def test_umap_keeps_neighbours_as_well_as_its_own_library_and_tsne() -> None:
    """In the plane, where umap-learn draws the peer from the same settings, and in space."""
    from umap import UMAP

    code = digits()
    distances, indices = NearestNeighbors(n_neighbors=10).fit(code).kneighbors(code)
    # Without neighbours given, umap-learn compiles its own search for them, which takes long.
    known = {"precomputed_knn": (indices, distances), "n_neighbors": 10, "n_jobs": 1}
    with pytest.warns(UserWarning, match="transforming new data"):
        peer = UMAP(min_dist=0.2, random_state=0, **known).fit_transform(code)
    beside = [trustworthiness(code, points) for points in (peer, tsne(code).points)]

    for dimensions in (2, 3):
        projection = umap(code, dimensions, neighbours=10, min_dist=0.2)
        assert projection.points.shape == (300, dimensions)
        assert projection.iterations == 500
        assert trustworthiness(code, projection.points) > max(0.9, *beside) - 0.01


def test_umap_of_one_seed_is_one_map() -> None:
    """Equal seeds give equal points, others do not."""
    first, again, other = (umap(digits(60), seed=seed, iterations=50).points for seed in (1, 1, 2))

    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_settings_matter() -> None:
    """Points may lie nearer to each other, and neighbourhoods are wider, when that is asked for."""
    code = digits(150)

    def gap(**settings: float) -> float:
        from scipy.spatial.distance import pdist

        return float(np.median(np.sort(pdist(umap(code, **settings).points))[:100]))

    assert gap(min_dist=0) < gap(min_dist=0.9) / 2
    assert not np.array_equal(umap(code, neighbours=3).points, umap(code, neighbours=60).points)


def test_umap_tells_of_progress_and_keeps_what_there_is_when_stopped(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The points move, a stop returns those of that moment, and the terminal hears nothing."""
    seen: list[tuple[int, np.ndarray]] = []
    # What libraries say when they are first imported is not UMAP's.
    importlib.import_module("umap")
    capfd.readouterr()

    projection = umap(
        digits(60),
        on_progress=lambda done, points: seen.append((done, points)),
        should_stop=lambda: len(seen) == 4,
    )

    assert [done for done, _ in seen] == [20, 40, 60, 80]
    assert projection.iterations == 80
    np.testing.assert_array_equal(projection.points, seen[-1][1])
    assert not np.array_equal(seen[0][1], seen[-1][1])
    assert capfd.readouterr() == ("", "")


def test_a_stop_before_the_first_iteration_leaves_the_start() -> None:
    """Points that have not moved, all finite."""
    projection = umap(digits(60), should_stop=lambda: True)

    assert projection.iterations == 0
    assert np.isfinite(projection.points).all()


@pytest.mark.parametrize(
    "code", [np.ones((40, 3)), np.arange(40.0)[:, None], digits(LEAST_ROWS_FOR_UMAP)]
)
@pytest.mark.parametrize("dimensions", [2, 3])
def test_umap_of_odd_codes_is_finite(code: np.ndarray, dimensions: int) -> None:
    """Equal codes, codes of one number, and the fewest with the most neighbours there can be."""
    neighbours = min(15, largest_neighbourhood(len(code)))

    projection = umap(code, dimensions, neighbours, iterations=50)

    assert np.isfinite(projection.points).all()
    assert np.ptp(projection.points, axis=0).all()


@pytest.mark.parametrize(
    ("rows", "settings", "words"),
    [
        (4, {}, "4 samples are too few"),
        (12, {}, "Neighbours must be from 2 to 11 for 12 samples, not 15"),
        (40, {"neighbours": 1}, "Choose 2 or more"),
        (40, {"min_dist": 1.5}, "minimum distance must be from 0 to 0.99, not 1.5"),
        (40, {"iterations": 0}, "from 50 to 5000 iterations, not 0"),
        (40, {"dimensions": 4}, "2 or 3 dimensions, not 4"),
    ],
)
def test_umap_refuses_settings_that_do_not_fit(
    rows: int, settings: dict[str, int], words: str
) -> None:
    """With what must hold and what came."""
    with pytest.raises(LatentError) as caught:
        umap(digits(rows), **settings)

    assert words in str(caught.value)


def test_where_umap_is_not_installed_the_error_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cause and remedy, as a worker without it tells them."""
    monkeypatch.setitem(sys.modules, "umap", None)
    monkeypatch.delitem(sys.modules, "umap.umap_", raising=False)

    with pytest.raises(LatentError) as caught:
        umap(digits(40))

    assert "not installed" in caught.value.cause
    assert "requirements-umap.txt" in caught.value.remedy
