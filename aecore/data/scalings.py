"""Scalings: the ways to bring values to a common range."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Range = tuple[float, float]

UNIT_INTERVAL: Range = (0.0, 1.0)
UNBOUNDED: Range = (-math.inf, math.inf)


def in_unit_interval(values: Range | None) -> bool:
    """Whether a range of values lies in [0, 1]; so does one that nobody knows yet."""
    return values is None or (values[0] >= 0 and values[1] <= 1)


def of_length_one(raw: Range | None) -> Range | None:
    """Values of samples of length 1, which keep their signs."""
    if raw is None:
        return None
    return UNIT_INTERVAL if raw[0] >= 0 else (-1.0, 1.0)


def interquartile_or_deviation(values: np.ndarray) -> np.ndarray:
    """(columns,) the interquartile range of values (rows, columns), the standard deviation where
    half of a column's values are equal, and 1 where all are.
    """
    low, high = np.percentile(values, (25, 75), axis=0)
    deviation = np.where(np.ptp(values, axis=0) > 0, values.std(axis=0), 1.0)
    return np.where(high > low, high - low, deviation)


@dataclass(frozen=True)
class ScalingSpec:
    """One way to scale.

    Attributes:
        name, title, summary: as of every member of a family.
        scaled_range: range of a data set's raw values, or None where it is not known -> that of
            the scaled ones in training.
        sklearn_class: what learns the range of each column in scikit-learn; None learns nothing.
        offset: where the fitted class keeps the raw value that becomes 0.
        by_sample: each sample is divided by its own length instead.
        in_parts: whether it can be learned of a table's rows some at a time.
        spread: raw values (rows, columns) -> (columns,) the scale, where the fitted class's own
            leaves some columns as they are.
        result: what values are called once they are scaled, such as "standardised".
    """

    name: str
    title: str
    summary: str
    scaled_range: Callable[[Range | None], Range | None]
    sklearn_class: str | None = None
    offset: str = ""
    by_sample: bool = False
    in_parts: bool = True
    spread: Callable[[np.ndarray], np.ndarray] | None = None
    result: str = "scaled"

    @property
    def unit_interval(self) -> bool:
        """Whether scaled values lie in [0, 1], whatever they were."""
        return self.scaled_range(UNBOUNDED) == UNIT_INTERVAL

    @property
    def keeps_values(self) -> bool:
        """Whether values stay as they are."""
        return self.sklearn_class is None and not self.by_sample

    def make(self) -> Any:
        """A new scaler of scikit-learn; None where no range is learned."""
        if self.sklearn_class is None:
            return None
        from sklearn import preprocessing

        return getattr(preprocessing, self.sklearn_class)()

    def learned(self, fitted: Any) -> tuple[np.ndarray, np.ndarray]:
        """Offset and scale, each (columns,) float64: scaled = (raw − offset) / scale."""
        scale = np.asarray(fitted.scale_, np.float64)
        if self.sklearn_class == "MinMaxScaler":
            # What it keeps as its scale is the reciprocal, and that of a tiny range is 1.
            width = np.asarray(fitted.data_range_, np.float64)
            scale = np.where(width > 0, width, 1.0)
        return np.asarray(getattr(fitted, self.offset), np.float64), scale


SCALINGS = {
    spec.name: spec
    for spec in (
        ScalingSpec(
            "min-max",
            "Min-max",
            "From 0 (the smallest value in training) to 1 (the largest).",
            lambda raw: UNIT_INTERVAL,
            "MinMaxScaler",
            "data_min_",
        ),
        ScalingSpec(
            "standardize",
            "Standardise",
            "Mean 0 and standard deviation 1.",
            lambda raw: UNBOUNDED,
            "StandardScaler",
            "mean_",
            result="standardised",
        ),
        ScalingSpec(
            "robust",
            "Robust",
            "Median 0 and interquartile range 1: outliers hardly matter. Where that range is 0, "
            "the standard deviation stands for it.",
            lambda raw: UNBOUNDED,
            "RobustScaler",
            "center_",
            in_parts=False,
            spread=interquartile_or_deviation,
            result="robustly scaled",
        ),
        ScalingSpec(
            "per-sample",
            "Per sample",
            "Each sample is scaled to length 1: only its shape counts.",
            of_length_one,
            by_sample=True,
        ),
        ScalingSpec("none", "None", "Values as they are.", lambda raw: raw, result="raw"),
    )
}
