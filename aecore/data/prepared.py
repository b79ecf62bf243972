"""A data set made ready for training: split, then scaled by what the training rows say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.dataset import Dataset
from aecore.data.scaling import Scaler
from aecore.data.split import Split, split_rows

if TYPE_CHECKING:
    from aecore.experiment import Experiment


@dataclass(frozen=True)
class Prepared:
    """Scaled samples of each part.

    Attributes:
        train, validation, test: (n, *sample_shape) float32, scaled.
        split: the row numbers behind them.
        scaler: fitted on the training rows alone.
        dataset: the samples as they came.
    """

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    split: Split
    scaler: Scaler
    dataset: Dataset

    @property
    def rows(self) -> dict[str, int]:
        """Number of rows in each part."""
        parts = {"train": self.train, "validation": self.validation, "test": self.test}
        return {name: len(x) for name, x in parts.items()}

    @property
    def value_range(self) -> tuple[float, float]:
        """The least and the greatest scaled value of the training rows."""
        return float(self.train.min()), float(self.train.max())

    @property
    def held_out(self) -> tuple[str, np.ndarray, np.ndarray]:
        """Name, samples and row numbers of the part that figures are measured on.

        Test rows where there are any, else validation rows, else, named as such, training rows.
        """
        if len(self.test):
            return "test", self.test, self.split.test
        return self.watched

    @property
    def watched(self) -> tuple[str, np.ndarray, np.ndarray]:
        """The part to watch while training: validation rows, or training rows without any."""
        if len(self.validation):
            return "validation", self.validation, self.split.validation
        return "training", self.train, self.split.train

    def labels(self, rows: np.ndarray) -> np.ndarray | None:
        """Class indices of some rows, or None without labels."""
        return None if self.dataset.y is None else self.dataset.y[rows]


def prepare(experiment: Experiment, dataset: Dataset) -> Prepared:
    """Split and scale a data set as an experiment says.

    Raises:
        DataError: no row would be left to train on.
    """
    data = experiment.data
    split = split_rows(
        len(dataset.x),
        dataset.y,
        validation_fraction=data.validation_fraction,
        test_fraction=data.test_fraction,
        how=data.split,
        seed=experiment.seed,
    )
    scaler = Scaler(experiment.preprocessing.scaling, dataset.kind).fit(dataset.x[split.train])
    parts = (split.train, split.validation, split.test)
    train, validation, test = (_scaled(scaler, dataset.x[rows]) for rows in parts)
    return Prepared(train, validation, test, split, scaler, dataset)


def _scaled(scaler: Scaler, x: np.ndarray) -> np.ndarray:
    return scaler.transform(x) if len(x) else x.astype(np.float32)
