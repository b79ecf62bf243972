"""Intrinsic dimension: how many numbers the rows of a data set vary in, from their neighbours.

Two estimates: of the ratio of a row's first two distances (TwoNN), and of the growth of the number
of rows with the distance (maximum likelihood), for some numbers of neighbours. Noise raises both,
the more the fewer neighbours are asked; few rows lower them where there are many dimensions.

Sources: Facco, d'Errico, Rodriguez and Laio, Scientific Reports 2017; Levina and Bickel, NIPS 2004,
with the average of MacKay and Ghahramani, 2005.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.split import drawn_rows
from aecore.errors import DataError
from aecore.evaluation.anomalies.detection import Estimate

# Numbers of neighbours that the maximum likelihood is worked out for, and those that its one
# figure is averaged over. More than these are near only where there are ten times as many rows.
NEIGHBOURS = (5, 10, 20, 50, 100)
AVERAGED = (10, 20)
ROWS_A_NEIGHBOUR = 10
MOST_ROWS = 5000
# Of the rows, the share with the largest ratios, which belong to no neighbourhood, is left out.
LEFT_OUT = 0.1
RESAMPLES, LEVEL = 200, 0.95
# Distances below this share of the largest are those of rows that differ by rounding alone.
ROUNDING = 1e-6


@dataclass(frozen=True)
class IntrinsicDimension:
    """Estimates of how many numbers some rows vary in, each with an interval from resampling.

    Attributes:
        two_nn: from the first two neighbours of each row.
        by_neighbours: (neighbours, estimate) by maximum likelihood.
        likelihood: the same over AVERAGED.
        rows: different rows that it was estimated from.
        of_rows: rows that there are.
        repeated: rows of those looked at that are a copy of another, which were left out.
    """

    two_nn: Estimate
    by_neighbours: tuple[tuple[int, Estimate], ...]
    likelihood: Estimate
    rows: int
    of_rows: int
    repeated: int

    @property
    def value(self) -> float:
        """The one figure: by maximum likelihood, averaged."""
        return self.likelihood.value

    @property
    def low(self) -> float:
        """The least of all estimates, with their intervals."""
        return min(each.low for each in self._all)

    @property
    def high(self) -> float:
        """The most of all estimates, with their intervals."""
        return max(each.high for each in self._all)

    @property
    def coarse(self) -> float:
        """That of the most neighbours, which noise raises least."""
        return self.by_neighbours[-1][1].value

    @property
    def _all(self) -> list[Estimate]:
        return [self.two_nn, *(estimate for _, estimate in self.by_neighbours)]


def intrinsic_dimension(x: np.ndarray, seed: int = 0) -> IntrinsicDimension:
    """Estimates for rows (n, *shape) in scaled units, from at most MOST_ROWS of them.

    Raises:
        DataError: there are fewer different rows than neighbours, or none is nearer than another.
    """
    chosen = x[drawn_rows(len(x), MOST_ROWS, seed)].reshape(-1, x[0].size if len(x) else 1)
    found = np.unique(chosen, axis=0)
    if len(found) <= AVERAGED[-1]:
        raise DataError(
            f"The dimension of data is estimated from {AVERAGED[-1]} neighbours of each row, and "
            f"there are {len(found)} different rows.",
            "Take a data set with more rows.",
        )
    near = max(AVERAGED[-1], len(found) // ROWS_A_NEIGHBOUR)
    asked = [neighbours for neighbours in NEIGHBOURS if neighbours <= near]
    distances = neighbour_distances(found, asked[-1])
    random = np.random.default_rng(seed)
    inverses = {k: inverse_dimensions(distances, k) for k in asked}
    averaged = np.mean([inverses[k] for k in AVERAGED], axis=0)
    return IntrinsicDimension(
        two_nn=_resampled(distances[:, 1] / distances[:, 0], two_nn, random),
        by_neighbours=tuple((k, _resampled(inverses[k], _one_over, random)) for k in asked),
        likelihood=_resampled(averaged, _one_over, random),
        rows=len(found),
        of_rows=len(x),
        repeated=len(chosen) - len(found),
    )


def neighbour_distances(rows: np.ndarray, neighbours: int) -> np.ndarray:
    """(n, neighbours) distances of each row (n, features) to those nearest to it, nearest first.

    Raises:
        DataError: all neighbours are equally far, as in columns of a few values.
    """
    from sklearn.neighbors import NearestNeighbors

    # Far from zero, squares of large values would hide small distances.
    centred = rows.astype(np.float64) - rows.mean(axis=0, dtype=np.float64)
    found, _ = NearestNeighbors(n_neighbors=neighbours).fit(centred).kneighbors()
    found = np.maximum(found, ROUNDING * found.max())
    if np.allclose(found[:, 0], found[:, -1]):
        raise DataError(
            "Each row is as far from its nearest neighbour as from its "
            f"{neighbours}th, so that nothing can be told of a dimension.",
            "Take data whose columns have more values.",
        )
    return np.asarray(found)


def two_nn(ratios: np.ndarray) -> float:
    """The slope through the origin of −log(1 − F(μ)) over log μ, for μ = r₂/r₁: (n,).

    F is the share of ratios up to μ; the tenth with the largest is left out.
    """
    ordered = np.log(np.sort(ratios))
    count = len(ordered)
    kept = max(2, int((1 - LEFT_OUT) * count))
    share = np.arange(1, count + 1) / count
    x, y = ordered[:kept], -np.log1p(-share[:kept].clip(max=1 - 0.5 / count))
    return float((x * y).sum() / max((x * x).sum(), np.finfo(float).tiny))


def inverse_dimensions(distances: np.ndarray, neighbours: int) -> np.ndarray:
    """(n,) 1/m of each row: the mean of log(T_k / T_j) over its k − 1 nearer neighbours j.

    Means over rows are of these inverses, not of their dimensions.
    """
    farthest = distances[:, neighbours - 1, None]
    return np.asarray(np.log(farthest / distances[:, : neighbours - 1]).mean(axis=1))


def _one_over(inverses: np.ndarray) -> float:
    return float(1.0 / max(inverses.mean(), np.finfo(float).tiny))


def _resampled(
    values: np.ndarray, estimate: Callable[[np.ndarray], float], random: np.random.Generator
) -> Estimate:
    """An estimate with the interval that it has where rows are drawn again with replacement."""
    drawn = (values[random.integers(0, len(values), len(values))] for _ in range(RESAMPLES))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile([estimate(each) for each in drawn], [tail, 1 - tail])
    return Estimate(estimate(values), float(low), float(high))
