"""Neighbours in the code and in the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from aecore.errors import LatentError
from aecore.latent.codes import checked, checked_point

Metric = Literal["euclidean", "cosine"]


@dataclass(frozen=True)
class Distance:
    """One way to measure how far codes are apart.

    Attributes:
        title: as on screen.
        between: codes (n, k) and a point (k,) -> (n,) how far each is from it.
    """

    title: str
    between: Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Neighbours:
    """Samples near a point, nearest first.

    Attributes:
        index: (count,) positions among the codes.
        distance: (count,) in units of the code; for cosine 1 − cosine, from 0 to 2.
    """

    index: np.ndarray
    distance: np.ndarray


@dataclass(frozen=True)
class Comparison:
    """The neighbours of one sample in the code beside those in a map.

    Attributes:
        in_code, in_map: as many of each, nearest first.
        shared: (m,) positions of those in both, in the order of the code.
        chance: the share that a map drawn at random would have in common.
    """

    in_code: Neighbours
    in_map: Neighbours
    shared: np.ndarray
    chance: float

    @property
    def share(self) -> float:
        """The share of the code's neighbours that are the map's, 0 to 1."""
        return len(self.shared) / len(self.in_code.index)


def compare(
    code: np.ndarray, points: np.ndarray, position: int, metric: Metric, count: int
) -> Comparison:
    """The `count` neighbours of a sample in its code by a metric, and in a map as it is seen.

    Raises:
        LatentError: as `nearest`; there is no other sample.
    """
    if len(code) < 2:
        raise LatentError("A single sample has no neighbours.", "Choose a run that kept more.")
    in_code = nearest(code, position, metric, count)
    in_map = nearest(points, position, "euclidean", count)
    both = shared(in_code.index, in_map.index)
    return Comparison(in_code, in_map, both, len(in_code.index) / (len(code) - 1))


def nearest(
    code: np.ndarray, query: np.ndarray | int, metric: Metric = "euclidean", count: int = 10
) -> Neighbours:
    """The `count` codes of (n, k) that are nearest to a point (k,) or to the sample of an index.

    A sample is no neighbour of itself, but one with an equal code is. Equal distances keep the
    data's order. The cosine of a zero vector is taken as 0.

    Raises:
        LatentError: codes or point are unusable or of different widths, or there is no such index.
    """
    code = checked(code)
    own = _position(len(code), query)
    point = checked_point(np.asarray(query)) if own is None else code[own]
    if len(point) != code.shape[1]:
        raise LatentError(
            f"The codes have {code.shape[1]} numbers, and the point {len(point)}.",
            "Take a point of the same latent space.",
        )
    distance = DISTANCES[metric].between(code, point)
    order = np.argsort(distance, kind="stable")
    order = order[order != own] if own is not None else order
    return Neighbours(order[:count], distance[order[:count]])


def of_every(points: np.ndarray, k: int) -> np.ndarray:
    """(n, k) the k nearest others of each point of (n, d), nearest first; k is below n."""
    from sklearn.neighbors import NearestNeighbors

    found = NearestNeighbors(n_neighbors=k).fit(points).kneighbors(return_distance=False)
    return np.asarray(found)


def usual_distance(code: np.ndarray) -> float:
    """The median Euclidean distance from a code of (n, k) to its nearest other; 0 for one code.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    code = checked(code)
    if len(code) < 2:
        return 0.0
    return float(np.median(_distances(code, of_every(code, 1))))


def kept(code: np.ndarray, points: np.ndarray, k: int) -> np.ndarray:
    """(n,) share of each sample's k neighbours in the map that are neighbours in the code.

    A code neighbour is any sample no further off than the k-th, so that equal codes all count.
    """
    reach = _distances(code, of_every(code, k)).max(axis=1)
    return (_distances(code, of_every(points, k)) <= reach[:, None]).mean(axis=1)


def shared(code_neighbours: np.ndarray, map_neighbours: np.ndarray) -> np.ndarray:
    """The neighbours (m,) of one sample that code and map agree on, in the order of the code."""
    return code_neighbours[np.isin(code_neighbours, map_neighbours)]


def _position(rows: int, query: np.ndarray | int) -> int | None:
    """The index that a query is, or None where it is a point."""
    if np.ndim(query) > 0:
        return None
    if not 0 <= int(query) < rows:
        raise LatentError(
            f"There is no sample {int(query)} among {rows}.", f"Choose from 0 to {rows - 1}."
        )
    return int(query)


def _euclidean(code: np.ndarray, point: np.ndarray) -> np.ndarray:
    return np.linalg.norm(code - point, axis=1)


def _cosine(code: np.ndarray, point: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(code, axis=1) * np.linalg.norm(point)
    cosine = np.divide(code @ point, lengths, out=np.zeros(len(code)), where=lengths > 0)
    return 1.0 - np.clip(cosine, -1.0, 1.0)


def _distances(points: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """(n, k) from each point to its neighbours; a column at a time, which bounds the memory."""
    columns = [np.linalg.norm(points - points[other], axis=1) for other in neighbours.T]
    return np.stack(columns, axis=1)


DISTANCES: dict[Metric, Distance] = {
    "euclidean": Distance("Euclidean", _euclidean),
    "cosine": Distance("Cosine", _cosine),
}
