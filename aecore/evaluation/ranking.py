"""Ranks of errors among those of the held-out samples."""

from __future__ import annotations

import math

import numpy as np


def share_below(errors: np.ndarray, error: float) -> float:
    """The share, from 0 to 1, of errors (n,) that are smaller; nan where none is a number."""
    errors = errors[np.isfinite(errors)]
    if not len(errors) or not math.isfinite(error):
        return math.nan
    return float((errors < error).mean())
