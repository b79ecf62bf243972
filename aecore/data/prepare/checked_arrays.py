"""Checks of new samples that are arrays: their shape, and that they hold finite numbers."""

from __future__ import annotations

import math

import numpy as np

from aecore.data import pictures
from aecore.data.dataset import Dataset, Kind, Table
from aecore.data.prepare.checked_tables import quoted
from aecore.data.prepare.description import ArrayRows, Description
from aecore.data.prepare.remarks import Remarks
from aecore.data.prepare.row_blocks import block_rows, blocks
from aecore.data.prepare.table_encoder import numbers_of
from aecore.errors import DataError

MOST_BYTE = 255
NOT_FINITE = "they hold values that are missing or infinite"
SAMPLES = {"image": "images", "series": "series", "table": "rows", "text": "texts"}


def shaped(x: np.ndarray, rows: ArrayRows, kind: Kind) -> np.ndarray:
    """Samples (n, *shape) as training had them; a last axis of one may be missing.

    Raises:
        DataError: samples are of another shape.
    """
    if _plain(x.shape[1:]) != _plain(rows.shape) or x.ndim < 1:
        axes = ", ".join(map(str, rows.shape))
        raise DataError(
            f"This run was trained on {SAMPLES[kind]} of shape ({axes}), and the given array has "
            f"the shape {tuple(x.shape)}.",
            f"Give an array of shape (n, {axes}), one sample for each n.",
        )
    return x.reshape(len(x), *rows.shape)


def samples_of_table(table: Table, description: Description, remarks: Remarks) -> Dataset:
    """The columns that training named as an array of samples, other columns left out.

    Raises:
        DataError: columns are missing, or samples are no rows of a table.
    """
    names, frame = description.feature_names, table.frame
    if not names or description.kind == "image":
        axes = ", ".join(map(str, description.rows.shape))  # type: ignore[union-attr]
        raise DataError(
            "This run was trained on arrays, not on the columns of a table.",
            f"Give an array of shape (n, {axes}).",
        )
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise DataError(
            f"The table has no column named {quoted(missing)}.",
            f"This run was trained on the columns {quoted(names)}: give all of them, in any order.",
        )
    remarks.extra.update(dict.fromkeys(name for name in frame.columns if name not in names))
    x = np.stack([numbers_of(frame[name]) for name in names], axis=1)
    return Dataset(x, None, description.kind, (), names)


def usable_samples(x: np.ndarray, first: int, remarks: Remarks) -> np.ndarray:
    """(n,) whether each sample holds finite numbers alone; the others are told.

    Args:
        first: the number of the first sample.
    """
    usable = np.ones(len(x), bool)
    if x.dtype.kind == "f":
        for part in blocks(len(x), block_rows(math.prod(x.shape[1:]))):
            usable[part] = np.isfinite(x[part]).reshape(len(x[part]), -1).all(axis=1)
    remarks.leave_out(NOT_FINITE, first + np.flatnonzero(~usable))
    return usable


def changed(x: np.ndarray, rows: ArrayRows, kind: Kind) -> np.ndarray:
    """Samples in their own units as they are learned: pictures resized and greyed."""
    if kind != "image":
        return x
    return pictures.changed(x, size=rows.image_size, colour=rows.colour)


def as_bytes(x: np.ndarray, rows: ArrayRows, remarks: Remarks) -> np.ndarray:
    """Whole numbers from 0 to 255 as bytes where training had such; others are told."""
    if not rows.bytes or x.dtype == np.uint8 or not x.size:
        return x
    low, high = x.min(), x.max()
    if low >= 0 and high <= MOST_BYTE and (x.dtype.kind in "bui" or bool((x % 1 == 0).all())):
        if high <= 1:
            remarks.say(_other_range(float(low), float(high)))
        return x.astype(np.uint8)
    remarks.say(_other_range(float(low), float(high)))
    return x


def _other_range(low: float, high: float) -> str:
    return (
        "The training data had whole numbers from 0 to 255, and the values given run from "
        f"{low:g} to {high:g}: check that they are on the same scale."
    )


def _plain(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape without the ones at its end."""
    sides = list(shape)
    while sides and sides[-1] == 1:
        sides.pop()
    return tuple(sides)
