"""What a worker has for a run, and refusing one that needs more."""

from __future__ import annotations

import time
from functools import lru_cache

import numpy as np

from aecore.errors import DataError, ExperimentError, JobError
from aecore.experiment.cost import Capacity, cost_of, shortage
from aecore.experiment.tree import ExperimentTree
from aecore.jobs.explaining import SMALLER
from aecore.memory import free_bytes

MATRIX = 1024
TRIES = 3


def capacity() -> Capacity:
    """What this process has now."""
    return Capacity(free_bytes(), _speed())


def refuse_more_than_is_free(tree: ExperimentTree) -> None:
    """Refuse an experiment that this process has too little memory for.

    Raises:
        JobError: it has.
    """
    try:
        short = shortage(cost_of(tree), free_bytes())
    except (DataError, ExperimentError):
        # Whatever is wrong with it is said when it is read.
        return
    if short:
        raise JobError(short, SMALLER)


@lru_cache(maxsize=1)
def _speed() -> float:
    """Measured once: 2 n³ operations of a product of n × n numbers.

    On one core: Dask gives NumPy no more in a worker.
    """
    left = np.ones((MATRIX, MATRIX), np.float32)
    seconds = []
    for _ in range(TRIES):
        began = time.perf_counter()
        left @ left
        seconds.append(time.perf_counter() - began)
    return 2 * MATRIX**3 / max(min(seconds), 1e-9)
