"""Scalings: the ways to bring values to a common range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ScalingSpec:
    """One way to scale: its name, title, one sentence, and its class in scikit-learn."""

    name: str
    title: str
    summary: str
    sklearn_class: str | None = None

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
        ),
        ScalingSpec(
            "standardize", "Standardise", "Mean 0 and standard deviation 1.", "StandardScaler"
        ),
        ScalingSpec(
            "robust",
            "Robust",
            "Median 0 and interquartile range 1: outliers hardly matter.",
            "RobustScaler",
        ),
        ScalingSpec(
            "per-sample",
            "Per sample",
            "Each sample is scaled to length 1: only its shape counts.",
            "Normalizer",
        ),
        ScalingSpec("none", "None", "Values as they are."),
    )
}
