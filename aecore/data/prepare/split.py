"""Which rows train, which validate, which calibrate and which test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from aecore.errors import DataError


@dataclass(frozen=True)
class Split:
    """Row numbers of each part, in order; together every row once."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    calibration: np.ndarray = field(default_factory=lambda: np.arange(0))

    def among(self, rows: np.ndarray) -> Split:
        """The split of these rows, given as the numbers of a split of their places."""
        parts = (self.train, self.validation, self.test, self.calibration)
        return Split(*(rows[part] for part in parts))


@dataclass(frozen=True)
class NumberedSplit:
    """Which part each row of a table belongs to, told from its number alone.

    At random, row i is held out as the i-th number that the seed draws says, so that shares hold
    about; in order, the test rows are the last, those that calibrate come before them, and the
    validation rows before those.

    Attributes:
        rows: in all.
        validation, test, calibration: shares held out.
        how: as in `split_rows`.
    """

    rows: int
    validation: float
    test: float
    how: Literal["random", "ordered"]
    seed: int
    calibration: float = 0.0

    def parts(self, first: int, count: int) -> np.ndarray:
        """(count,) of rows from number `first` on: 0 trains, 1 validates, 2 tests, 3 calibrates."""
        if self.how == "ordered":
            tested = self.rows - rows_of(self.rows, self.test)
            calibrated = tested - rows_of(self.rows, self.calibration)
            validated = calibrated - rows_of(self.rows, self.validation)
            place = np.arange(first, first + count)
            bounds, parts = (validated, calibrated, tested), (0, 1, 3, 2)
            return np.array(parts, np.int8)[np.searchsorted(bounds, place, side="right")]
        drawn = draws(self.seed, first, count)
        shares = np.cumsum([self.test, self.calibration, self.validation])
        return np.array((2, 3, 1, 0), np.int8)[np.searchsorted(shares, drawn, side="right")]


def draws(seed: int | tuple[int, int], first: int, count: int) -> np.ndarray:
    """(count,) of the numbers in [0, 1) that a seed draws, from the one at place `first` on."""
    # PCG64 takes one step a float64, and can leap over those before.
    return np.random.Generator(np.random.PCG64(seed).advance(first)).random(count)


def split_rows(
    rows: int,
    labels: np.ndarray | None,
    *,
    validation_fraction: float,
    test_fraction: float,
    how: Literal["random", "ordered"],
    seed: int,
    calibration_fraction: float = 0.0,
) -> Split:
    """Rows for each part; the same arguments always give the same rows.

    A random split keeps the mix of classes where every class is large enough. An ordered one
    takes the test rows from the end, those that calibrate before them, and the validation rows
    before those.

    Raises:
        DataError: no row would be left to train on.
    """
    sizes = part_sizes(rows, validation_fraction, calibration_fraction, test_fraction)
    held_out = rows - sizes.train
    if sizes.train < 1:
        raise DataError(
            f"{rows} rows are too few to hold {held_out} of them out.",
            "Lower the validation, calibration or test share, or use more rows.",
        )
    kept, rest = _take(np.arange(rows), held_out, labels, how, seed)
    rest, tested = _take(rest, sizes.test, labels, how, seed)
    validated, calibrated = _take(rest, sizes.calibration, labels, how, seed)
    return Split(kept, validated, tested, calibrated)


def drawn_rows(total: int, most: int, seed: int) -> np.ndarray:
    """At most `most` of `total` positions, ascending; the same for the same seed."""
    if total <= most:
        return np.arange(total)
    return np.sort(np.random.default_rng(seed).choice(total, most, replace=False))


class PartSizes(NamedTuple):
    """How many rows each part has, in the order in which an ordered split takes them."""

    train: int
    validation: int
    calibration: int
    test: int


def part_sizes(
    rows: int, validation: float, calibration: float, test: float, overlap: int = 0
) -> PartSizes:
    """What shares of some rows come to; less than one row to train on if they are too many.

    Args:
        overlap: windows at the end of a part that reach into the next, and are left out.
    """
    held_out = [rows_of(rows, share) for share in (validation, calibration, test)]
    sizes = [rows - sum(held_out), *held_out]
    whole = [
        max(0, size - overlap) if overlap and any(sizes[place + 1 :]) else size
        for place, size in enumerate(sizes)
    ]
    return PartSizes(*whole)


def rows_of(rows: int, fraction: float) -> int:
    """How many rows a share comes to; at least one, unless the share is 0."""
    return max(1, round(rows * fraction)) if fraction > 0 else 0


def _take(
    rows: np.ndarray, count: int, labels: np.ndarray | None, how: str, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """`rows` without `count` of them, and those."""
    if count == 0:
        return rows, rows[:0]
    if count == len(rows):
        return rows[:0], rows
    if how == "ordered":
        return rows[:-count], rows[-count:]
    from sklearn.model_selection import train_test_split

    own = None if labels is None else labels[rows]
    kept, taken = train_test_split(
        rows,
        test_size=count,
        random_state=seed,
        stratify=own if _can_stratify(own, count) else None,
    )
    return np.sort(kept), np.sort(taken)


def _can_stratify(labels: np.ndarray | None, count: int) -> bool:
    """scikit-learn needs two rows of each class and room for each class on both sides."""
    if labels is None:
        return False
    sizes = np.unique(labels, return_counts=True)[1]
    return bool(sizes.min() >= 2 and len(sizes) <= min(count, len(labels) - count))
