"""Robust distances: values over their usual spread; one wild feature cannot drown the rest.

Each feature is centred and divided by its robust spread on training rows (1.4826 · MAD), then
counted by Huber's function: squared up to δ = 3 spreads, linear beyond. Training rows may hold
anomalies: median and MAD hardly move with them.
Source: Huber, Robust Estimation of a Location Parameter, 1964.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

# Of a normal distribution, the standard deviation over the median absolute deviation.
NORMAL = 1.4826
DELTA = 3.0
# The least spread, as a share of the mean one: a pixel that never varies is not all-important.
FLOOR = 0.05


def learn(values: np.ndarray) -> dict[str, np.ndarray]:
    """Middle and robust spread of each feature, (features,) both, of rows (n, features)."""
    middle = np.median(values, axis=0)
    spread = NORMAL * np.median(np.abs(values - middle), axis=0)
    # Where more than half of the values are equal, their standard deviation serves.
    spread = np.where(spread > 0, spread, values.std(axis=0))
    return floored({"middle": middle, "spread": spread})


def floored(learned: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same with no spread far below the mean one."""
    least = FLOOR * float(learned["spread"].mean()) or 1.0
    return {"middle": learned["middle"], "spread": np.maximum(learned["spread"], least)}


def counted(values: np.ndarray, learned: Mapping[str, np.ndarray]) -> np.ndarray:
    """(n, features) Huber's function of standardised values, over the number of features."""
    off = np.abs(values - learned["middle"]) / learned["spread"]
    found = np.where(off <= DELTA, np.square(off), DELTA * (2.0 * off - DELTA))
    return found / max(1, off.shape[1])
