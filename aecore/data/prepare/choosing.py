"""Which rows of a data set are used, and for what: classes, rows left out, contamination, split."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.prepare.split import Split, drawn_rows, split_rows
from aecore.data.row_numbers import numbers_of
from aecore.errors import DataError
from aecore.wording import counted, verb

if TYPE_CHECKING:
    from aecore.data.options import DataSettings, PreparationOptions


def chosen_rows(
    wanted: PreparationOptions, rows: int, y: np.ndarray | None, class_names: tuple[str, ...]
) -> np.ndarray:
    """The row numbers left of those classes and that many that are asked for."""
    data = wanted.data
    chosen = np.setdiff1d(np.arange(rows), numbers_of(data.left_out_rows))
    if data.classes:
        chosen = chosen[of_classes(data, y, class_names)[chosen]]
    if data.rows is None:
        return chosen
    return chosen[drawn_rows(len(chosen), data.rows, wanted.seed)]


def of_classes(
    data: DataSettings, y: np.ndarray | None, class_names: tuple[str, ...]
) -> np.ndarray:
    """(rows,) whether each is of the chosen classes.

    Raises:
        DataError: the data set does not have one of them.
    """
    unknown = [name for name in data.classes if name not in class_names]
    if y is None or unknown:
        raise DataError(
            f"This data set has no class named {(unknown or list(data.classes))[0]!r}.",
            f"Its classes are {', '.join(class_names[:20])}."
            if class_names
            else "It has no classes: choose none.",
        )
    return np.isin(y, [class_names.index(name) for name in data.classes])


def forced_rows(data: DataSettings, rows: int) -> np.ndarray:
    """The numbers of the rows that are to train whatever else is chosen.

    Raises:
        DataError: the data set has not so many rows.
    """
    forced = numbers_of(data.forced_rows)
    if len(forced) and forced[-1] >= rows:
        raise DataError(
            f"Row {forced[-1]:,} cannot be forced into training: the data set has "
            f"{counted(rows, 'row')}.",
            "Name rows that it has; 0 is the first.",
        )
    return forced


def split_chosen(
    wanted: PreparationOptions, rows: np.ndarray, y: np.ndarray | None, forced: np.ndarray
) -> Split:
    """The chosen rows, by their numbers in the whole data set, and those forced into training."""
    data = wanted.data
    split = split_rows(
        len(rows),
        None if y is None else y[rows],
        validation_fraction=data.validation_fraction,
        test_fraction=data.test_fraction,
        how=data.split,
        seed=wanted.seed,
        calibration_fraction=data.calibration_fraction,
    )
    return _with_forced(_contaminated(wanted, split.among(rows), y), forced)


def _with_forced(split: Split, forced: np.ndarray) -> Split:
    """The split with some rows among those that train.

    Those drawn to calibrate stay: whoever forces a row in chose it by its score, and without such
    rows the rest would promise too low a rate.
    """
    if not len(forced):
        return split
    moved = np.setdiff1d(forced, split.calibration)
    return replace(
        split,
        train=np.union1d(split.train, moved),
        validation=np.setdiff1d(split.validation, moved),
        test=np.setdiff1d(split.test, moved),
    )


def _contaminated(wanted: PreparationOptions, split: Split, y: np.ndarray | None) -> Split:
    """The split with some rows of the classes that were not chosen among those that train."""
    data = wanted.data
    if not data.contamination or not data.classes or y is None:
        return split
    # What was chosen has some of each class that is asked for, or there would be no split.
    own = np.unique(np.concatenate([y[split.train], y[split.validation], y[split.calibration]]))
    others = np.flatnonzero(~np.isin(y, own))
    others = np.setdiff1d(others, numbers_of(data.left_out_rows))
    count = round(data.contamination / (1 - data.contamination) * len(split.train))
    if count > len(others):
        most = len(others) / (len(others) + len(split.train))
        raise DataError(
            f"There {verb(len(others), 'is', 'are')} {counted(len(others), 'row')} of the "
            "other classes, and a contamination of "
            f"{data.contamination:.1%} needs {count:,}.",
            f"Choose {most:.1%} at most, or train on fewer rows.",
        )
    drawn = others[drawn_rows(len(others), count, wanted.seed)]
    return replace(split, train=np.sort(np.concatenate([split.train, drawn])))
