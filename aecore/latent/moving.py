"""Movement of a code, measured against the distances between codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.latent.codes import checked, checked_point, pair_distances

# All pairs of so many are 124,750 distances.
MAX_ROWS = 500


@dataclass(frozen=True)
class Move:
    """A way from one code to another.

    Attributes:
        distance: Euclidean, in units of the code.
        relative: over the median distance between two samples; nan where that is 0.
    """

    distance: float
    relative: float


def move(start: np.ndarray, end: np.ndarray, yardstick: float) -> Move:
    """The way between two codes (k,), against a yardstick such as `median_distance`."""
    distance = float(np.linalg.norm(checked_point(end) - checked_point(start)))
    return Move(distance, distance / yardstick if yardstick > 0 else float("nan"))


def median_distance(code: np.ndarray, seed: int = 0) -> float:
    """The median Euclidean distance between two of the codes (n, k); 0 for one code.

    Of at most `MAX_ROWS` codes, drawn by the seed.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    code = checked(code)
    return float(np.median(pair_distances(code, MAX_ROWS, seed))) if len(code) > 1 else 0.0
