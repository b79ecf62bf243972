"""Movement of a code, measured against the distances between codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.latent.codes import checked, checked_point, pair_distances

# All pairs of so many are 124,750 distances.
MAX_ROWS = 500
# Of the distance between samples. A network rounds its 32-bit numbers differently in batches of
# other sizes and on other processors; one sample's codes then differ by some 1e-7.
ROUNDING = 1e-5


@dataclass(frozen=True)
class Move:
    """A way from one code to another.

    Attributes:
        distance: Euclidean, in units of the code; 0 where rounding explains it.
        relative: over the median distance between two samples; nan where that is 0.
    """

    distance: float
    relative: float


def move(start: np.ndarray, end: np.ndarray, yardstick: float) -> Move:
    """The way between two codes (k,), against a yardstick such as `median_distance`."""
    distance = float(np.linalg.norm(checked_point(end) - checked_point(start)))
    distance = beyond_rounding(distance, yardstick)
    return Move(distance, distance / yardstick if yardstick > 0 else float("nan"))


def beyond_rounding(distance: float, yardstick: float) -> float:
    """The distance between two codes, or 0 if it is `ROUNDING` of the yardstick or less.

    Args:
        yardstick: a usual distance between two samples; where it is 0, nothing is taken as 0.
    """
    return 0.0 if distance <= ROUNDING * yardstick else distance


def median_distance(code: np.ndarray, seed: int = 0) -> float:
    """The median Euclidean distance between two of the codes (n, k); 0 for one code.

    Of at most `MAX_ROWS` codes, drawn by the seed.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    code = checked(code)
    return float(np.median(pair_distances(code, MAX_ROWS, seed))) if len(code) > 1 else 0.0
