"""Scalings: the ways to bring values to a common range."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class ScalingSpec:
    """One way to scale.

    Attributes:
        name: as in `preprocessing.scaling`.
        title: as on screen.
        summary: one sentence in plain words.
        sklearn_class: its class in scikit-learn; None leaves values as they are.
        scaled_range: range of a data set's raw values, or None where it is not known -> that of
            the scaled ones in training.
        result: what values are called once they are scaled, such as "standardised".
        by_sample: whether each sample is scaled by itself, so that nothing is learned.
        in_parts: whether it can be learned of a table's rows some at a time.
    """

    name: str
    title: str
    summary: str
    sklearn_class: str | None
    scaled_range: Callable[[Range | None], Range | None]
    result: str = "scaled"
    by_sample: bool = False
    in_parts: bool = True

    @property
    def unit_interval(self) -> bool:
        """Whether scaled values lie in [0, 1], whatever they were."""
        return self.scaled_range(UNBOUNDED) == UNIT_INTERVAL

    @property
    def keeps_values(self) -> bool:
        """Whether values stay as they are."""
        return self.sklearn_class is None

    @property
    def is_learned(self) -> bool:
        """Whether it is learned of training rows, feature by feature."""
        return not self.keeps_values and not self.by_sample

    def make(self) -> Any:
        """A new transformer of scikit-learn; None leaves values as they are."""
        if self.sklearn_class is None:
            return None
        from sklearn import preprocessing

        return getattr(preprocessing, self.sklearn_class)()


SCALINGS = {
    spec.name: spec
    for spec in (
        ScalingSpec(
            "min-max",
            "Min-max",
            "From 0 (the smallest value in training) to 1 (the largest).",
            "MinMaxScaler",
            scaled_range=lambda raw: UNIT_INTERVAL,
        ),
        ScalingSpec(
            "standardize",
            "Standardise",
            "Mean 0 and standard deviation 1.",
            "StandardScaler",
            scaled_range=lambda raw: UNBOUNDED,
            result="standardised",
        ),
        ScalingSpec(
            "robust",
            "Robust",
            "Median 0 and interquartile range 1: outliers hardly matter.",
            "RobustScaler",
            scaled_range=lambda raw: UNBOUNDED,
            result="robustly scaled",
            in_parts=False,
        ),
        ScalingSpec(
            "per-sample",
            "Per sample",
            "Each sample is scaled to length 1: only its shape counts.",
            "Normalizer",
            scaled_range=of_length_one,
            by_sample=True,
        ),
        ScalingSpec(
            "none", "None", "Values as they are.", None, scaled_range=lambda raw: raw, result="raw"
        ),
    )
}
