"""Lengths of codes: how many of its first numbers a code is looked at with, and codes cut so."""

from __future__ import annotations

import numpy as np

# Up to so many numbers each length is looked at, beyond them each by a quarter longer than before.
ONE_BY_ONE, GROWTH = 32, 1.25


def lengths(encoding_dim: int) -> tuple[int, ...]:
    """The lengths that a code of so many numbers is looked at with, the whole one last."""
    found = list(range(1, min(encoding_dim, ONE_BY_ONE) + 1))
    while found[-1] < encoding_dim:
        found.append(min(encoding_dim, round(found[-1] * GROWTH)))
    return tuple(found)


def shortened(code: np.ndarray, length: int) -> np.ndarray:
    """Codes (n, k) with zeros behind their first numbers, as an ordered code is trained with."""
    return np.where(np.arange(code.shape[1]) < length, code, np.zeros((), code.dtype))
