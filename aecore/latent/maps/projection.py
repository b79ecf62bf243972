"""Projections of latent codes to two or three dimensions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore.errors import LatentError
from aecore.latent.codes import checked
from aecore.latent.maps.available import LEAST_ROWS_FOR_TSNE, MIN_PERPLEXITY, largest_perplexity

MIN_ITERATIONS = 50
MAX_ITERATIONS = 5000
EXAGGERATED_ITERATIONS = 250
# A callback of t-SNE computes the divergence; every 20 iterations that costs little, stops soon.
ITERATIONS_A_CALLBACK = 20
START_SPREAD = 1e-4
START_JITTER = 1e-6
# Interpolation on a grid beats the Barnes-Hut tree from about here, and only in the plane.
ROWS_FOR_GRID = 2000
# A third of the time of openTSNE's own grid, with the same trustworthiness (benchmarks/tsne.py); a
# coarser one loses it.
LEAST_INTERVALS, UNITS_IN_INTERVAL = 20, 2
# Up to here all distances take less time than to build an approximate index.
ROWS_FOR_INDEX = 10_000

OnProgress = Callable[[int, np.ndarray], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class Projection:
    """Codes in fewer dimensions.

    Attributes:
        points: (n, dimensions) float32.
        explained: for PCA, the share of the codes' variance along each axis; 0 for an axis that
            the codes do not fill. Empty for other maps, whose axes carry no such share.
        iterations: how many were done; 0 for PCA, which takes none.
        divergence: for t-SNE, the Kullback-Leibler divergence of the map from the codes, in nats.
    """

    points: np.ndarray
    explained: tuple[float, ...] = ()
    iterations: int = 0
    divergence: float | None = None


def pca(code: np.ndarray, dimensions: int) -> Projection:
    """Codes (n, k) along the directions of their largest variance.

    Where the codes have fewer directions than asked for, such as a code of one number, one
    sample, or equal samples, the rest of the axes are zero and explain nothing.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    code = checked(code)
    points = np.zeros((len(code), dimensions), dtype=np.float32)
    explained = np.zeros(dimensions)
    axes = min(dimensions, *code.shape)
    if len(code) > 1 and np.ptp(code, axis=0).any():
        from sklearn.decomposition import PCA

        fitted = PCA(n_components=axes, random_state=0).fit(code)
        points[:, :axes] = fitted.transform(code)
        explained[:axes] = fitted.explained_variance_ratio_
    return Projection(points, tuple(float(share) for share in explained))


def tsne(
    code: np.ndarray,
    dimensions: int = 2,
    perplexity: float = 30,
    iterations: int = 500,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Projection:
    """Codes (n, k) arranged so that neighbours stay neighbours; the same seed, the same map.

    Starts from PCA. The first iterations, at most 250, exaggerate attraction.
    `on_progress(iterations_done, points)` is called while it runs; once `should_stop()` says so,
    the points so far are returned.
    Source: van der Maaten and Hinton 2008, as in openTSNE (Poličar, Stražar and Zupan 2024).

    Raises:
        LatentError: there are no codes, some are no finite numbers, or the settings do not fit.
    """
    code = checked(code)
    _check_settings(len(code), dimensions, perplexity, iterations)
    import openTSNE

    watcher = _Watcher(iterations, on_progress, should_stop)
    exaggerated = min(EXAGGERATED_ITERATIONS, iterations // 2)
    grid = dimensions == 2 and len(code) >= ROWS_FOR_GRID
    embedding = openTSNE.TSNE(
        n_components=dimensions,
        perplexity=perplexity,
        early_exaggeration_iter=exaggerated,
        n_iter=iterations - exaggerated,
        neighbors="exact" if len(code) <= ROWS_FOR_INDEX else "approx",
        negative_gradient_method="fft" if grid else "bh",
        min_num_intervals=LEAST_INTERVALS,
        ints_in_interval=UNITS_IN_INTERVAL,
        callbacks=watcher,
        callbacks_every_iters=ITERATIONS_A_CALLBACK,
        random_state=seed,
        # Two threads are several times slower than one while a training uses the cores too.
        n_jobs=1,
    ).fit(code, initialization=_start(code, dimensions, seed))
    stopped = watcher.stopped
    return Projection(
        np.asarray(embedding, dtype=np.float32),
        iterations=watcher.done if stopped else iterations,
        divergence=watcher.divergence if stopped else float(embedding.kl_divergence),
    )


class _Watcher:
    """openTSNE's callback: it counts over both phases, tells of progress and hears a stop."""

    def __init__(
        self, iterations: int, on_progress: OnProgress | None, should_stop: ShouldStop | None
    ) -> None:
        self.done = 0
        self.divergence = 0.0
        self.stopped = False
        self._iterations = iterations
        self._on_progress = on_progress
        self._should_stop = should_stop

    def __call__(self, _iteration: int, divergence: float, embedding: np.ndarray) -> bool:
        self.divergence = float(divergence)
        self.done = min(self.done + ITERATIONS_A_CALLBACK, self._iterations)
        if self._on_progress is not None:
            self._on_progress(self.done, np.array(embedding, dtype=np.float32))
        self.stopped = self._should_stop is not None and self._should_stop()
        return self.stopped


def _start(code: np.ndarray, dimensions: int, seed: int) -> np.ndarray:
    """PCA, scaled down as t-SNE needs it, with jitter to part equal points."""
    points = pca(code, dimensions).points.astype(np.float64)
    spread = points[:, 0].std()
    if spread > 0:
        points *= START_SPREAD / spread
    jitter = START_JITTER if spread > 0 else START_SPREAD
    return points + np.random.default_rng(seed).normal(0, jitter, points.shape)


def check_scope(title: str, rows: int, least: int, dimensions: int, iterations: int) -> None:
    """Refuse what no map by neighbours can be made of.

    Raises:
        LatentError: there are fewer rows than the least, or dimensions or iterations are odd.
    """
    if rows < least:
        raise LatentError(
            f"{title} compares each sample with its neighbours, and {rows} samples are too few.",
            "Use PCA, which shows them all.",
        )
    if dimensions not in (2, 3):
        raise LatentError(
            f"A {title} map has 2 or 3 dimensions, not {dimensions}.", "Choose 2 or 3."
        )
    if not MIN_ITERATIONS <= iterations <= MAX_ITERATIONS:
        raise LatentError(
            f"{title} takes from {MIN_ITERATIONS} to {MAX_ITERATIONS} iterations, "
            f"not {iterations}.",
            "Choose a number in between.",
        )


def check_reach(title: str, value: float, bounds: tuple[int, int], rows: int) -> None:
    """Refuse a number of neighbours that so many samples do not allow.

    Raises:
        LatentError: the value is outside of the bounds.
    """
    least, most = bounds
    if not least <= value <= most:
        raise LatentError(
            f"{title} must be from {least} to {most} for {rows} samples, not {value:g}.",
            f"Choose {most} or less." if value > most else f"Choose {least} or more.",
        )


def _check_settings(rows: int, dimensions: int, perplexity: float, iterations: int) -> None:
    check_scope("t-SNE", rows, LEAST_ROWS_FOR_TSNE, dimensions, iterations)
    check_reach("Perplexity", perplexity, (MIN_PERPLEXITY, largest_perplexity(rows)), rows)
