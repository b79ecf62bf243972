"""Ordered codes: cut in training after their first numbers, so that the first come to hold most.

Each sample of a batch keeps the first k numbers of its code, and the decoder gets zeros for the
rest. A third of the samples keep all; the others keep k with a probability that falls as 1/√k, so
that short codes are trained as often as long ones.

Source: Rippel, Gelbart and Adams, Learning Ordered Representations with Nested Dropout, ICML 2014.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from keras import ops

WHOLE = 1 / 3
# Multiples of this share of the golden ratio, less whole numbers, fill the unit interval evenly.
TURNS, PLACES = 5063, 8192


def reach(encoding_dim: int) -> np.ndarray:
    """(encoding_dim,) the share of samples that keep each number of their code; falls from 1."""
    chance = np.arange(1, encoding_dim + 1) ** -0.5
    chance *= (1 - WHOLE) / chance.sum()
    chance[-1] += WHOLE
    return chance[::-1].cumsum()[::-1].clip(0.0, 1.0)


def cut(code: Any, step: Any) -> tuple[Any, Any]:
    """Codes (n, k) of a batch as the decoder gets them, and (n,) 1 for each whole one, else 0.

    Each batch has all lengths in their shares; which sample gets which follows from the order of
    rows, that is drawn anew in each epoch.

    Args:
        step: number of the training step, for batches that have fewer samples than lengths.
    """
    samples = ops.cast(ops.shape(code)[0], "float32")
    turned = ops.cast(ops.cast(step, "int32") % PLACES * TURNS % PLACES, "float32") / PLACES
    place = (ops.arange(samples) + turned) / samples
    kept = ops.cast(place[:, None] < reach(code.shape[-1]).astype("float32"), code.dtype)
    return code * kept, kept[:, -1]


def mean_of(losses: Any, chosen: Any) -> Any:
    """The mean loss of an element, (n,) or (n, features), of samples that are 1 in (n,); or 0."""
    of_samples = ops.mean(losses, axis=1) if len(losses.shape) > 1 else losses
    return ops.sum(of_samples * chosen) / ops.maximum(ops.sum(chosen), 1.0)
