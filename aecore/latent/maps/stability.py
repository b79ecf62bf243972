"""Stability of a map from one seed to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from aecore.data.prepare.split import drawn_rows
from aecore.errors import LatentError
from aecore.latent.maps.quality import (
    MAX_ROWS,
    NEIGHBOURS,
    chance_preservation,
    neighbourhood_preservation,
    usable_k,
)
from aecore.specs import Quantity

QUANTITIES: Mapping[str, Quantity] = {
    "neighbourhood_overlap": Quantity(
        "neighbourhood_overlap",
        "Neighbours in common",
        "share of neighbours",
        "How many of a point's neighbours two maps agree on, on average: what is below 1 is owed "
        "to the seed and not to the data.",
    ),
    "disparity": Quantity(
        "disparity",
        "Procrustes disparity",
        "share of the squared spread",
        "How far two maps differ once one is moved, turned and scaled onto the other: 0 if not at "
        "all, near 1 if they have nothing in common.",
    ),
}


@dataclass(frozen=True)
class Stability:
    """How alike maps of the same samples are; `QUANTITIES` says how to read each figure.

    Attributes:
        neighbourhood_overlap: mean over all pairs of maps, 0 to 1.
        disparity: mean Procrustes disparity over all pairs, 0 to 1.
        chance_overlap: the overlap of maps drawn at random, k/(n − 1).
        maps: how many were compared.
        rows: samples compared.
        k: neighbours looked at.
    """

    neighbourhood_overlap: float
    disparity: float
    chance_overlap: float
    maps: int
    rows: int
    k: int


def stability(maps: Sequence[np.ndarray], k: int = NEIGHBOURS, seed: int = 0) -> Stability:
    """Compare every two of several maps (n, d) of the same samples; at most 3,000 are drawn.

    Source of the disparity: Gower 1975, as in SciPy: Σ of squared differences after both maps are
    centred and scaled to a sum of squares of 1.

    Raises:
        LatentError: there are fewer than two maps, they differ in shape, or one is unusable.
    """
    from scipy.spatial import procrustes

    if len(maps) < 2 or len({points.shape for points in maps}) > 1:
        raise LatentError(
            "Stability compares at least two maps of the same samples.",
            "Draw the map again from another seed.",
        )
    total = len(maps[0])
    rows = drawn_rows(total, MAX_ROWS, seed)
    pairs = list(combinations([np.asarray(points)[rows] for points in maps], 2))
    # First, because it refuses maps that cannot be compared.
    overlaps = [neighbourhood_preservation(a, b, k) for a, b in pairs]
    k = usable_k(len(rows), k)
    return Stability(
        neighbourhood_overlap=float(np.mean(overlaps)),
        disparity=float(np.mean([procrustes(a, b)[2] for a, b in pairs])),
        chance_overlap=chance_preservation(len(rows), k),
        maps=len(maps),
        rows=len(rows),
        k=k,
    )
