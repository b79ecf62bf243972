"""Codes: checks that they can be worked with, and decoding them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aecore.data.prepare.split import drawn_rows
from aecore.errors import LatentError

# Codes (n, k) to samples (n, *sample_shape).
Decode = Callable[[np.ndarray], np.ndarray]


def checked(code: np.ndarray) -> np.ndarray:
    """Codes or map points (n, k) as float64.

    Raises:
        LatentError: there are none, or some are no finite numbers.
    """
    code = np.asarray(code, dtype=np.float64)
    if code.ndim != 2 or not code.size:
        raise LatentError("There are no latent codes.", "Choose a run that kept samples.")
    _refuse_infinite(code)
    return code


def checked_point(point: np.ndarray) -> np.ndarray:
    """One code (k,) as float64.

    Raises:
        LatentError: it is no single code, or not finite.
    """
    point = np.asarray(point, dtype=np.float64)
    if point.ndim != 1 or not point.size:
        raise LatentError(f"One code is wanted, not an array of shape {point.shape}.", "Pass one.")
    _refuse_infinite(point)
    return point


def of_class(code: np.ndarray, label: np.ndarray, wanted: int) -> np.ndarray:
    """The codes, or codebook choices, (m, k) of one class.

    Raises:
        LatentError: no sample has this label.
    """
    found = np.asarray(code)[np.asarray(label) == wanted]
    if not len(found):
        raise LatentError(f"No sample has the label {wanted}.", "Choose a class that has samples.")
    return found


def pair_distances(code: np.ndarray, most: int, seed: int = 0) -> np.ndarray:
    """Euclidean distances of all pairs among codes (n, k), of at most so many drawn by the seed."""
    from scipy.spatial.distance import pdist

    return np.asarray(pdist(code[drawn_rows(len(code), most, seed)]))


def decoded(decode: Decode, codes: np.ndarray) -> np.ndarray:
    """The samples (…, *sample_shape) of codes (…, k), such as a grid's, decoded in one call."""
    samples = decode(codes.reshape(-1, codes.shape[-1]))
    return samples.reshape(*codes.shape[:-1], *samples.shape[1:])


def _refuse_infinite(code: np.ndarray) -> None:
    if not np.isfinite(code).all():
        raise LatentError(
            "Some latent codes are not finite numbers: training diverged.",
            "Train again with a smaller learning rate.",
        )
