"""Copies: how near generated samples are to kept ones."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aecore.errors import LatentError

READING = (
    "Half of the samples lie nearer than the yardstick if they are as new and as sharp as held-out "
    "ones; many more are copies, or blurred, which the pairs tell apart."
)


@dataclass(frozen=True)
class Copies:
    """How near generated samples come to those trained on, beside how near unseen real ones do.

    All distances are Euclidean over a sample's values, in scaled units.

    Attributes:
        index: (n,) position of the training sample nearest to each generated one.
        distance: (n,) how far it is.
        held_out_distance: (m,) from each held-out sample to its nearest training sample.
    """

    index: np.ndarray
    distance: np.ndarray
    held_out_distance: np.ndarray

    @property
    def yardstick(self) -> float:
        """Median distance of held-out samples, which are no copies; nan where there are none."""
        return float(np.median(self.held_out_distance)) if len(self.held_out_distance) else math.nan

    @property
    def share_nearer(self) -> float:
        """Share of generated samples nearer than the yardstick; nan where either is missing."""
        if not len(self.distance) or not len(self.held_out_distance):
            return math.nan
        return float((self.distance < self.yardstick).mean())


def find_copies(generated: np.ndarray, training: np.ndarray, held_out: np.ndarray) -> Copies:
    """The nearest training sample of each generated and held-out one, all (·, *sample_shape).

    The training samples are gone through in blocks, so that memory does not grow with both sets.

    Raises:
        LatentError: there are no training samples, samples differ in shape, or some are no finite
            numbers.
    """
    if not len(training):
        raise LatentError("There are no training samples to compare with.", "Choose another run.")
    sets = [_flat(samples, training.shape[1:]) for samples in (generated, training, held_out)]
    index, distance = _nearest(sets[0], sets[1])
    return Copies(index, distance, _nearest(sets[2], sets[1])[1])


def _nearest(samples: np.ndarray, training: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(n,) index of and distance to the nearest training row."""
    from sklearn.metrics import pairwise_distances_argmin

    if not len(samples):
        return np.empty(0, dtype=np.int64), np.empty(0)
    index = np.asarray(pairwise_distances_argmin(samples, training))
    # Once more from the difference itself: the search expands the square, and a copy's 0 is lost.
    distance = np.linalg.norm((samples - training[index]).astype(np.float64), axis=1)
    return index, distance


def _flat(samples: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    if samples.shape[1:] != shape:
        raise LatentError(
            f"Samples of shape {samples.shape[1:]} cannot be compared with training samples of "
            f"shape {shape}.",
            "Take both from the same run.",
        )
    flat = np.ascontiguousarray(samples.reshape(len(samples), math.prod(shape)), dtype=np.float32)
    if not np.isfinite(flat).all():
        raise LatentError(
            "Some samples are not finite numbers: training diverged.",
            "Train again with a smaller learning rate.",
        )
    return flat
