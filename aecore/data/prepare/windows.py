"""Windows: samples cut from a long stream."""

from __future__ import annotations

import math

import numpy as np

from aecore.data.prepare.split import Split


def window_count(rows: int, length: int, stride: int) -> int:
    """Windows that fit into a stream of so many rows."""
    return 1 + (rows - length) // stride if rows >= length else 0


def overlap(length: int, stride: int) -> int:
    """Windows before a border that share rows with what comes after it."""
    return math.ceil(length / stride) - 1


def windows(values: np.ndarray, length: int, stride: int) -> np.ndarray:
    """(rows, channels) -> (windows, length, channels), one every `stride` rows; a view."""
    seen = np.lib.stride_tricks.sliding_window_view(values, length, axis=0)[::stride]
    return seen.transpose(0, 2, 1)


def rarity(y: np.ndarray, classes: int) -> np.ndarray:
    """Class indices, those that the labels (rows,) have least first."""
    return np.argsort(np.bincount(y, minlength=classes), kind="stable")


def rarest_labels(
    y: np.ndarray, length: int, stride: int, order: np.ndarray | None = None
) -> np.ndarray:
    """(windows,) of each window the label of its rows (rows,) that is rarest.

    Args:
        order: class indices, the rarest first; without it as the labels themselves say.
    """
    order = rarity(y, int(y.max(initial=-1)) + 1) if order is None else order
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    ranked = np.lib.stride_tricks.sliding_window_view(rank[y], length)[::stride]
    return order[ranked.min(axis=1)]


def without_overlap(split: Split, length: int, stride: int) -> Split:
    """The split of windows, in order, without those that reach into the rows of a later part."""
    shared = overlap(length, stride)

    def before(part: np.ndarray, *later: np.ndarray) -> np.ndarray:
        held_out = np.concatenate(later)
        return part[part + shared < held_out[0]] if len(held_out) else part

    return Split(
        train=before(split.train, split.validation, split.calibration, split.test),
        validation=before(split.validation, split.calibration, split.test),
        test=split.test,
        calibration=before(split.calibration, split.test),
    )


def whole(allowed: np.ndarray, length: int, stride: int) -> np.ndarray:
    """The numbers of the windows whose rows are all allowed: (rows,) of truth values."""
    refused = np.concatenate([[0], np.cumsum(~allowed)])
    return np.flatnonzero((refused[length:] == refused[:-length])[::stride])


def rows_in(numbers: np.ndarray, length: int, stride: int) -> np.ndarray:
    """Ascending, the rows that lie in some of the windows of these numbers."""
    first = numbers * stride
    begun = np.zeros(first[-1] + length + 1, np.int64)
    begun[first] += 1
    begun[first + length] -= 1
    return np.flatnonzero(np.cumsum(begun))
