"""Alignment: the samples that several runs have kept in common."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from aecore.evaluation.samples import Samples


def shared_positions(kept: Sequence[Samples]) -> list[np.ndarray]:
    """For each of the runs (m,) the positions of the rows that all of them kept, in one order.

    Rows are told by their number in the data set; they come in the order of the first run.
    """
    common = reduce(np.intersect1d, (samples.index for samples in kept))
    rows = kept[0].index[np.isin(kept[0].index, common)]
    return [_positions(samples.index, rows) for samples in kept]


def _positions(index: np.ndarray, rows: np.ndarray) -> np.ndarray:
    order = np.argsort(index, kind="stable")
    return np.asarray(order[np.searchsorted(index, rows, sorter=order)])
