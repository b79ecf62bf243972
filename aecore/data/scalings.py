"""Scalings: the ways to bring values to a common range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class ScalingSpec:
    """One way to scale.

    Attributes:
        name, title, summary: as of every member of a family.
        sklearn_class: what learns the range of each column in scikit-learn; None learns nothing.
        offset: where the fitted class keeps the raw value that becomes 0.
        by_sample: each sample is divided by its own length instead.
    """

    name: str
    title: str
    summary: str
    sklearn_class: str | None = None
    offset: str = ""
    by_sample: bool = False

    def make(self) -> Any:
        """A new scaler of scikit-learn; None where no range is learned."""
        if self.sklearn_class is None:
            return None
        from sklearn import preprocessing

        return getattr(preprocessing, self.sklearn_class)()

    def learned(self, fitted: Any) -> tuple[np.ndarray, np.ndarray]:
        """Offset and scale, each (columns,) float64: scaled = (raw − offset) / scale."""
        scale = np.asarray(fitted.scale_, np.float64)
        # What min-max keeps under this name is the reciprocal.
        scale = 1.0 / scale if self.sklearn_class == "MinMaxScaler" else scale
        return np.asarray(getattr(fitted, self.offset), np.float64), scale


SCALINGS = {
    spec.name: spec
    for spec in (
        ScalingSpec(
            "min-max",
            "Min-max",
            "From 0 (the smallest value in training) to 1 (the largest).",
            "MinMaxScaler",
            "data_min_",
        ),
        ScalingSpec(
            "standardize",
            "Standardise",
            "Mean 0 and standard deviation 1.",
            "StandardScaler",
            "mean_",
        ),
        ScalingSpec(
            "robust",
            "Robust",
            "Median 0 and interquartile range 1: outliers hardly matter.",
            "RobustScaler",
            "center_",
        ),
        ScalingSpec(
            "per-sample",
            "Per sample",
            "Each sample is scaled to length 1: only its shape counts.",
            by_sample=True,
        ),
        ScalingSpec("none", "None", "Values as they are."),
    )
}
