"""`Prepared`: a data set ready for training, and what is known of its samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from aecore.data.dataset import Kind
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.scaling import Units
from aecore.data.prepare.split import Split


@dataclass(frozen=True)
class SampleMetadata:
    """What is known of a data set's samples besides their values.

    Attributes:
        kind, class_names, feature_names: as of a `Dataset`.
        y: (rows,) class indices, or None without labels.
        factors: name -> (rows,) numbers.
    """

    kind: Kind
    y: np.ndarray | None
    class_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()
    factors: Mapping[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """Scaled samples of each part.

    Attributes:
        train, validation, test, calibration: (n, *sample_shape) float32, scaled. Rows that
            calibrate have no say in weights, scaling, the epoch that is kept, or any figure.
        split: the row numbers behind them; of a stream, the numbers of its windows.
        dataset: what else is known of all rows.
        preparation: what made them of raw rows, and makes more of others.
        lengths: part -> what per-sample scaling divided its samples by; None of other scalings.
    """

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    calibration: np.ndarray
    split: Split
    dataset: SampleMetadata
    preparation: FittedPreparation
    lengths: Mapping[str, np.ndarray | None]

    @property
    def rows(self) -> dict[str, int]:
        """Number of rows in each part."""
        held_out = {"validation": self.validation, "test": self.test}
        return {
            "train": len(self.train),
            **{name: len(x) for name, x in held_out.items()},
            **({"calibration": len(self.calibration)} if len(self.calibration) else {}),
        }

    def total(self, part: str) -> int:
        """Rows of a part, named as in `held_out`, whether or not all of them are measured on."""
        return self.rows.get("train" if part == "training" else part, 0)

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

    def factors(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        """Name -> what is known of some samples besides, (rows,) numbers."""
        return {name: values[rows] for name, values in self.dataset.factors.items()}

    def units(self, part: str) -> Units:
        """How the samples of a part, named as in `held_out`, become raw again."""
        return self.preparation.scaler.units(self.lengths[part], self.train.ndim)
