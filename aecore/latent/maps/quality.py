"""Quality of a map: trustworthiness, continuity, neighbours kept, distances kept."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.split import drawn_rows
from aecore.errors import LatentError
from aecore.latent.codes import checked
from aecore.latent.maps.available import is_collapsed
from aecore.latent.neighbours import kept, of_every
from aecore.specs import Quantity

NEIGHBOURS = 15
MIN_ROWS = 4
# Rank comparisons need all pairs: three thousand take a second, and more change little.
MAX_ROWS = 3000
# Half a million pairs pin a rank correlation down to the third digit.
MAX_ROWS_FOR_DISTANCES = 1000

QUANTITIES: Mapping[str, Quantity] = {
    "trustworthiness": Quantity(
        "trustworthiness",
        "Trustworthiness",
        "1 is perfect",
        "Whether points that lie together in the map belong together: 1 if all neighbours in the "
        "map are neighbours in the code, about 0.5 for a map drawn at random.",
    ),
    "continuity": Quantity(
        "continuity",
        "Continuity",
        "1 is perfect",
        "Whether what belongs together was kept together: 1 if no neighbours in the code were "
        "torn apart in the map, about 0.5 for a map drawn at random.",
    ),
    "neighbourhood_preservation": Quantity(
        "neighbourhood_preservation",
        "Neighbours kept",
        "share of neighbours",
        "How many of a point's neighbours in the map are its neighbours in the code, on average; "
        "compare with the share that a map drawn at random keeps.",
    ),
    "distance_correlation": Quantity(
        "distance_correlation",
        "Rank correlation of distances",
        "Spearman's ρ, −1 to 1",
        "Whether what is far apart in the map is far apart in the code: 1 if all distances keep "
        "their order, 0 if the map says nothing about distances between clusters.",
    ),
}


@dataclass(frozen=True)
class MapQuality:
    """How well a map keeps what is known of the codes; `QUANTITIES` says how to read each figure.

    Attributes:
        trustworthiness: 0 to 1.
        continuity: 0 to 1.
        neighbourhood_preservation: 0 to 1.
        distance_correlation: −1 to 1; nan where all distances are equal.
        chance_trustworthiness: expected trustworthiness and continuity of a map drawn at random.
        chance_preservation: expected share of neighbours that such a map keeps.
        rows: samples compared.
        total: samples there are.
        k: neighbours looked at.
    """

    trustworthiness: float
    continuity: float
    neighbourhood_preservation: float
    distance_correlation: float
    chance_trustworthiness: float
    chance_preservation: float
    rows: int
    total: int
    k: int


def assess(high: np.ndarray, low: np.ndarray, k: int = NEIGHBOURS, seed: int = 0) -> MapQuality:
    """Every figure of a map low: (n, d) of codes high: (n, m).

    Of more than 3,000 samples that many are drawn, and of those at most 1,000 for the correlation
    of distances. k is cut to what so few samples allow.

    Raises:
        LatentError: there are fewer than 4 samples, codes and map differ in number, some are not
            finite, or all codes or all points are equal.
    """
    high, low = _comparable(high, low)
    total = len(high)
    rows = drawn_rows(total, MAX_ROWS, seed)
    high, low = _comparable(high[rows], low[rows])
    k = usable_k(len(rows), k)
    return MapQuality(
        trustworthiness=trustworthiness(high, low, k),
        continuity=continuity(high, low, k),
        neighbourhood_preservation=neighbourhood_preservation(high, low, k),
        distance_correlation=distance_correlation(high, low, seed),
        chance_trustworthiness=chance_trustworthiness(len(rows), k),
        chance_preservation=chance_preservation(len(rows), k),
        rows=len(rows),
        total=total,
        k=k,
    )


def trustworthiness(high: np.ndarray, low: np.ndarray, k: int = NEIGHBOURS) -> float:
    """1 − 2/(nk(2n−3k−1)) Σᵢ Σⱼ max(0, r(i, j) − k) over the k neighbours j of i in the map.

    r(i, j) is the rank of j among the neighbours of i in the code, 1 for the nearest; equal
    distances share the best rank. All pairs are compared, in 9·n² bytes.
    Source: Venna and Kaski 2001.

    Raises:
        LatentError: as `assess`.
    """
    high, low = _comparable(high, low)
    n, k = len(high), usable_k(len(high), k)
    excess = np.maximum(_ranks(high, of_every(low, k)) - k, 0)
    return float(1.0 - 2.0 / (n * k * (2 * n - 3 * k - 1)) * excess.sum())


def continuity(high: np.ndarray, low: np.ndarray, k: int = NEIGHBOURS) -> float:
    """Trustworthiness with code and map swapped. Source: Venna and Kaski 2001."""
    return trustworthiness(low, high, k)


def neighbourhood_preservation(high: np.ndarray, low: np.ndarray, k: int = NEIGHBOURS) -> float:
    """Mean share of the k neighbours in the map that are among the k nearest in the code.

    Raises:
        LatentError: as `assess`.
    """
    high, low = _comparable(high, low)
    return float(kept(high, low, usable_k(len(high), k)).mean())


def distance_correlation(high: np.ndarray, low: np.ndarray, seed: int = 0) -> float:
    """Spearman's rank correlation of the distances of all pairs, of at most 1,000 samples.

    nan where all distances in the code or in the map are equal.

    Raises:
        LatentError: as `assess`.
    """
    from scipy.spatial.distance import pdist
    from scipy.stats import spearmanr

    high, low = _comparable(high, low)
    rows = drawn_rows(len(high), MAX_ROWS_FOR_DISTANCES, seed)
    of_code, of_map = pdist(high[rows]), pdist(low[rows])
    if np.ptp(of_code) == 0 or np.ptp(of_map) == 0:
        return math.nan
    return float(spearmanr(of_code, of_map).statistic)


def reliability(high: np.ndarray, low: np.ndarray, k: int = NEIGHBOURS) -> np.ndarray:
    """(n,) how far to trust the map around each point, from 0 to 1.

    The share of its k neighbours in the map that are neighbours in the code, averaged over the
    point and those neighbours, because a share of k has only k + 1 values.

    Raises:
        LatentError: as `assess`.
    """
    high, low = _comparable(high, low)
    k = usable_k(len(high), k)
    share = kept(high, low, k)
    return (share + share[of_every(low, k)].sum(axis=1)) / (k + 1)


def chance_trustworthiness(rows: int, k: int) -> float:
    """Expected trustworthiness of a map drawn at random: all ranks are equally likely."""
    mean_excess = (rows - 1 - k) * (rows - k) / (2 * (rows - 1))
    return 1.0 - 2.0 * mean_excess / (2 * rows - 3 * k - 1)


def chance_preservation(rows: int, k: int) -> float:
    """Expected share of neighbours that a map drawn at random keeps: k/(n − 1)."""
    return k / (rows - 1)


def usable_k(rows: int, k: int) -> int:
    """k, cut to at least 1 and below half of the samples, which trustworthiness needs."""
    return max(1, min(k, (rows - 1) // 2))


def _ranks(points: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """(n, k) rank of each neighbour by distance, from 1: one more than how many are nearer."""
    from scipy.spatial.distance import cdist

    # Exact differences, unlike the faster expansion of the square, leave equal distances equal.
    distances = cdist(points, points)
    np.fill_diagonal(distances, np.inf)
    rows = np.arange(len(points))
    nearer = [
        np.count_nonzero(distances < distances[rows, other][:, None], axis=1)
        for other in neighbours.T
    ]
    return 1 + np.stack(nearer, axis=1)


def _comparable(high: np.ndarray, low: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    high, low = checked(high), checked(low)
    if len(high) != len(low):
        raise LatentError(
            f"There are {len(high)} codes but {len(low)} points.", "Draw the map of these codes."
        )
    if len(high) < MIN_ROWS:
        raise LatentError(
            f"A map is judged by neighbours, and {len(high)} samples have too few.",
            f"Keep at least {MIN_ROWS} samples.",
        )
    if is_collapsed(high) or is_collapsed(low):
        raise LatentError(
            "All samples lie on one point, so that none is a nearer neighbour than another.",
            "Train a code that tells samples apart, or draw another map.",
        )
    return high, low
