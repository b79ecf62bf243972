"""Placing new codes on a t-SNE map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.errors import LatentError
from aecore.latent.codes import checked
from aecore.latent.maps.available import MIN_PERPLEXITY, largest_perplexity

if TYPE_CHECKING:
    from openTSNE import TSNEEmbedding

# A place is that among a few near neighbours: the perplexity of a whole map finds fewer of the
# right class. Fewer and longer steps than openTSNE's own settle as well in a sixth of the time.
PERPLEXITY = 5
ITERATIONS, LEARNING_RATE = 50, 1.0
# A tree answers in one thread. Brute force waits for a second one, which a training keeps busy:
# 100 ms a code instead of 2.
SEARCH = {"algorithm": "ball_tree"}
# As openTSNE's `transform` has them.
EXAGGERATION, MOMENTUM, LARGEST_GRADIENT = 1.5, 0.8, 0.25


@dataclass(frozen=True)
class KnownMap:
    """A t-SNE map that new codes can be placed on.

    Attributes:
        width: how many numbers a code has.
        embedding: the map's points as openTSNE holds them, with the neighbours of their codes.
    """

    width: int
    embedding: TSNEEmbedding


def known_map(points: np.ndarray, code: np.ndarray) -> KnownMap:
    """What is needed to place new codes among the points (n, 2) of codes (n, k).

    Raises:
        LatentError: there are none, too few or not as many of each, or some are not finite.
    """
    points, code = checked(points), checked(code)
    if points.shape != (len(code), 2):
        raise LatentError(
            f"A map of {len(code)} codes has as many points in the plane, not {points.shape}.",
            "Take the 2-D map of these codes.",
        )
    most = largest_perplexity(len(code))
    if most < MIN_PERPLEXITY:
        raise LatentError(
            f"A new place is found among its neighbours, and {len(code)} samples are too few.",
            "Use PCA, which needs none.",
        )
    from openTSNE import TSNEEmbedding
    from openTSNE.affinity import PerplexityBasedNN

    near = PerplexityBasedNN(
        code, perplexity=min(PERPLEXITY, most), method="exact", knn_kwargs=SEARCH, n_jobs=1
    )
    embedding = TSNEEmbedding(points, near, negative_gradient_method="bh", n_jobs=1)
    return KnownMap(code.shape[1], embedding)


def place(known: KnownMap, code: np.ndarray) -> np.ndarray:
    """(m, 2) the places of new codes (m, k), each by itself; the points of the map stay put.

    Each starts at the median of its neighbours and takes a few steps of t-SNE's own gradient.
    Source: Poličar, Stražar and Zupan 2023, as in openTSNE.

    Raises:
        LatentError: there are none, they are of another width, not finite, or so large that
            distances to them overflow.
    """
    code = checked(code)
    if code.shape[1] != known.width:
        raise LatentError(
            f"The map is of codes of {known.width} numbers, and these have {code.shape[1]}.",
            "Take codes of the same latent space.",
        )
    # Not `transform`, which does the same but first moves the map to its centre.
    perplexity = min(PERPLEXITY, largest_perplexity(len(known.embedding)))
    placed = known.embedding.prepare_partial(code, perplexity=perplexity)
    placed.optimize(
        ITERATIONS,
        inplace=True,
        learning_rate=LEARNING_RATE,
        exaggeration=EXAGGERATION,
        momentum=MOMENTUM,
        max_grad_norm=LARGEST_GRADIENT,
    )
    if not np.isfinite(placed).all():
        raise LatentError(
            "This code is too far from those of the map to have a place on it.",
            "Try another sample, or look at the map by PCA.",
        )
    return np.array(placed, dtype=np.float64)
