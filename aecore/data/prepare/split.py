"""Which rows train, which validate and which test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from aecore.errors import DataError


@dataclass(frozen=True)
class Split:
    """Row numbers of each part, in order; together every row once."""

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


@dataclass(frozen=True)
class NumberedSplit:
    """Which part each row of a table belongs to, told from its number alone.

    At random, row i is held out as the i-th number that the seed draws says, so that shares hold
    about; in order, the test rows are the last and the validation rows those before them.

    Attributes:
        rows: in all.
        validation, test: shares held out.
        how: as in `split_rows`.
    """

    rows: int
    validation: float
    test: float
    how: Literal["random", "ordered"]
    seed: int

    def parts(self, first: int, count: int) -> np.ndarray:
        """(count,) of rows from number `first` on: 0 trains, 1 validates, 2 tests."""
        if self.how == "ordered":
            tested = self.rows - rows_of(self.rows, self.test)
            validated = tested - rows_of(self.rows, self.validation)
            numbers = np.arange(first, first + count)
            return (numbers >= validated).astype(np.int8) + (numbers >= tested)
        drawn = draws(self.seed, first, count)
        held_out = drawn < self.validation + self.test
        return held_out.astype(np.int8) + (drawn < self.test)


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
) -> Split:
    """Rows for training, validation and test; the same arguments always give the same rows.

    A random split keeps the mix of classes where every class is large enough. An ordered one
    takes the test rows from the end and the validation rows before them.

    Raises:
        DataError: no row would be left to train on.
    """
    validation, test = rows_of(rows, validation_fraction), rows_of(rows, test_fraction)
    if rows - validation - test < 1:
        raise DataError(
            f"{rows} rows are too few to hold {validation + test} of them out.",
            "Lower the validation or test share, or use more rows.",
        )
    kept, held_out = _take(np.arange(rows), validation + test, labels, how, seed)
    held_in, tested = _take(held_out, test, labels, how, seed)
    return Split(train=kept, validation=held_in, test=tested)


def drawn_rows(total: int, most: int, seed: int) -> np.ndarray:
    """At most `most` of `total` positions, ascending; the same for the same seed."""
    if total <= most:
        return np.arange(total)
    return np.sort(np.random.default_rng(seed).choice(total, most, replace=False))


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
