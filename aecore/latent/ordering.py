"""Order of code units by how much they carry, with their ranges."""

from __future__ import annotations

import numpy as np

from aecore.latent.codes import checked

# One sample in a hundred at either end is left out as an outlier.
LOWEST, HIGHEST = 0.01, 0.99


def by_variance(code: np.ndarray) -> np.ndarray:
    """(k,) units of codes (n, k), the one that varies most first; equal ones by number.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    return np.argsort(-checked(code).var(axis=0), kind="stable")


def by_kl(kl: np.ndarray) -> np.ndarray:
    """(k,) units by their KL divergence (k,) to the prior in nats, largest first."""
    return np.argsort(-np.asarray(kl, dtype=np.float64), kind="stable")


def quantile_ranges(
    code: np.ndarray, low: float = LOWEST, high: float = HIGHEST, least: float = 0.0
) -> np.ndarray:
    """(k, 2) from which value to which each unit of codes (n, k) goes, as quantiles.

    A range narrower than `least` is widened around its middle, so that a unit that never varies
    can be moved as well.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    ranges = np.quantile(checked(code), [low, high], axis=0).T
    middle = ranges.mean(axis=1)
    half = np.maximum((ranges[:, 1] - ranges[:, 0]) / 2, least / 2)
    return np.stack([middle - half, middle + half], axis=1)
