"""A network's outputs for many rows, batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from keras import ops

EVALUATION_BATCH = 1024
LARGEST_BATCH, BATCH_VALUES = 4096, 2**17


def in_batches(function: Callable[[Any], Any], x: np.ndarray, sample_values: int) -> np.ndarray:
    """What a function of a batch, as a tensor, gives for all rows of x, one after another.

    Of samples with few values there are more in a batch, for a call takes a millisecond or two.
    """
    size = min(max(EVALUATION_BATCH, BATCH_VALUES // sample_values), LARGEST_BATCH)
    parts = (x[i : i + size] for i in range(0, len(x), size))
    return np.concatenate([np.asarray(function(ops.convert_to_tensor(part))) for part in parts])
