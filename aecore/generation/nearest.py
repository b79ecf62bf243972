"""`nearest_kept`: the kept sample that each generated one resembles most."""

from __future__ import annotations

import math

import numpy as np

from aecore.errors import LatentError


def nearest_kept(generated: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """(n,) position of the kept sample nearest to each generated one, all (·, *sample_shape).

    By the Euclidean distance over a sample's values. Kept samples are gone through in blocks, so
    that memory does not grow with both sets.

    Raises:
        LatentError: there are no kept samples, samples differ in shape, or some are no finite
            numbers.
    """
    from sklearn.metrics import pairwise_distances_argmin

    if not len(kept):
        raise LatentError("There are no kept samples to compare with.", "Choose another run.")
    flat, others = (_flat(samples, kept.shape[1:]) for samples in (generated, kept))
    if not len(flat):
        return np.empty(0, dtype=np.int64)
    return np.asarray(pairwise_distances_argmin(flat, others))


def _flat(samples: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    if samples.shape[1:] != shape:
        raise LatentError(
            f"Samples of shape {samples.shape[1:]} cannot be compared with kept samples of shape "
            f"{shape}.",
            "Take both from the same run.",
        )
    flat = np.ascontiguousarray(samples.reshape(len(samples), math.prod(shape)), dtype=np.float32)
    if not np.isfinite(flat).all():
        raise LatentError(
            "Some samples are not finite numbers: training diverged.",
            "Train again with a smaller learning rate.",
        )
    return flat
