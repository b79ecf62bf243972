"""UMAP of latent codes, where it is installed."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from aecore.errors import LatentError
from aecore.latent.codes import checked
from aecore.latent.maps.available import LEAST_ROWS_FOR_UMAP, MIN_NEIGHBOURS, largest_neighbourhood
from aecore.latent.maps.projection import (
    OnProgress,
    Projection,
    ShouldStop,
    check_reach,
    check_scope,
)

if TYPE_CHECKING:
    from scipy.sparse import coo_matrix

# As many as UMAP takes by itself for up to 10,000 samples; a run keeps fewer.
ITERATIONS = 500
MAX_MIN_DIST = 0.99
ITERATIONS_A_FRAME = 20
NOT_INSTALLED = (
    "UMAP is not installed where maps are drawn.",
    "Install it there with `pip install -r requirements-umap.txt`, or choose t-SNE.",
)


def umap(
    code: np.ndarray,
    dimensions: int = 2,
    neighbours: int = 15,
    min_dist: float = 0.1,
    iterations: int = ITERATIONS,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Projection:
    """Codes (n, k) arranged by their nearest neighbours; the same seed, the same map.

    Args:
        neighbours: how many a sample has, itself among them.
        min_dist: how near to each other points may lie, where 1 is about the reach of a point.

    Starts from eigenvectors of the graph of neighbours. `on_progress(iterations_done, points)` is
    called while it runs; once `should_stop()` says so, the points so far are returned.
    Source: McInnes, Healy and Melville 2018, as in umap-learn.

    Raises:
        LatentError: there are no codes, some are no finite numbers, the settings do not fit, or
            umap-learn is not installed.
    """
    code = checked(code).astype(np.float32)
    _check_settings(len(code), dimensions, neighbours, min_dist, iterations)
    try:
        from umap.umap_ import find_ab_params
    except ImportError as error:
        raise LatentError(*NOT_INSTALLED) from error

    reach = dict(zip("ab", find_ab_params(spread=1.0, min_dist=min_dist), strict=True))
    state = np.random.RandomState(seed)
    graph, points = _start(code, dimensions, neighbours, reach, state)
    epochs = _Epochs(iterations, points, on_progress, should_stop)
    if should_stop is None or not should_stop():
        _move(points, graph, reach, state, epochs)
    return Projection(points, iterations=epochs.done)


class _StopHeardError(Exception):
    """Ends UMAP's loop from within."""


class _Epochs(list[int]):
    """Tells of progress and hears a stop.

    UMAP takes a list of the epochs whose points it should keep, and asks it after each epoch. Its
    progress bar asks too, but under a lock that it keeps when it is interrupted.
    """

    def __init__(
        self,
        iterations: int,
        points: np.ndarray,
        on_progress: OnProgress | None,
        should_stop: ShouldStop | None,
    ) -> None:
        super().__init__([iterations])
        self.done = 0
        self._points = points
        self._on_progress = on_progress
        self._should_stop = should_stop

    def __contains__(self, epoch: object) -> bool:
        self.done += 1
        if self.done % ITERATIONS_A_FRAME == 0:
            if self._on_progress is not None:
                self._on_progress(self.done, self._points.copy())
            if self._should_stop is not None and self._should_stop():
                raise _StopHeardError
        return False


def _start(
    code: np.ndarray,
    dimensions: int,
    neighbours: int,
    reach: dict[str, float],
    state: np.random.RandomState,
) -> tuple[coo_matrix, np.ndarray]:
    """The graph of neighbours, weighted, and points (n, dimensions) where they start."""
    from sklearn.neighbors import NearestNeighbors
    from umap.umap_ import fuzzy_simplicial_set, simplicial_set_embedding

    # Exact neighbours take less time, for as many codes as a run keeps, than to compile UMAP's own
    # search.
    found = NearestNeighbors(n_neighbors=neighbours).fit(code)
    distances, indices = found.kneighbors(code)
    graph, _, _ = fuzzy_simplicial_set(
        code, neighbours, state, "euclidean", knn_indices=indices, knn_dists=distances
    )
    with warnings.catch_warnings():
        # Clusters without an edge between them are no fault: UMAP places them beside each other.
        warnings.filterwarnings("ignore", "Graph is not fully connected")
        points, _ = simplicial_set_embedding(
            code,
            graph,
            dimensions,
            initial_alpha=1.0,
            **reach,
            gamma=1.0,
            negative_sample_rate=5,
            n_epochs=0,
            init="spectral",
            random_state=state,
            metric="euclidean",
            metric_kwds={},
            densmap=False,
            densmap_kwds={},
            output_dens=False,
        )
    return graph.tocoo(), points


def _move(
    points: np.ndarray,
    graph: coo_matrix,
    reach: dict[str, float],
    state: np.random.RandomState,
    epochs: _Epochs,
) -> None:
    """Let the points find their places, in the array itself, until a stop."""
    from umap.layouts import optimize_layout_euclidean
    from umap.umap_ import make_epochs_per_sample

    (iterations,) = epochs
    # An edge that would never be drawn is left out, as UMAP does.
    graph.data[graph.data < graph.data.max() / iterations] = 0
    graph.eliminate_zeros()
    numbers = np.iinfo(np.int32)
    try:
        optimize_layout_euclidean(
            points,
            points,
            graph.row,
            graph.col,
            epochs,
            len(points),
            make_epochs_per_sample(graph.data, iterations),
            **reach,
            rng_state=state.randint(numbers.min + 1, numbers.max - 1, 3).astype(np.int64),
            parallel=False,
            move_other=True,
        )
    except _StopHeardError:
        return


def _check_settings(
    rows: int, dimensions: int, neighbours: int, min_dist: float, iterations: int
) -> None:
    check_scope("UMAP", rows, LEAST_ROWS_FOR_UMAP, dimensions, iterations)
    check_reach("Neighbours", neighbours, (MIN_NEIGHBOURS, largest_neighbourhood(rows)), rows)
    if not 0 <= min_dist <= MAX_MIN_DIST:
        raise LatentError(
            f"The minimum distance must be from 0 to {MAX_MIN_DIST}, not {min_dist:g}.",
            "Choose a number in between; 0.1 is usual.",
        )
