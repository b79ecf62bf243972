"""A square of one shade over a part of a picture."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._places import rectangle

AREA = 0.04


def covered(x: np.ndarray, shade: float, weight: float, random: np.random.Generator) -> np.ndarray:
    """A picture (h, w, channels), a 25th of which is mixed with a shade.

    Args:
        weight: of the shade, 0 to 1; at 1 nothing of the picture is left there.
    """
    rows, columns = rectangle(x.shape[:2], AREA, 1.0, random)
    out = x.copy()
    out[rows, columns] += weight * (shade - out[rows, columns])
    return out
