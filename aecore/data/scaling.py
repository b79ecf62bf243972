"""Scaling: fitted on the training rows alone, undone for display."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from aecore.data.dataset import Kind


@dataclass(frozen=True)
class ScalingSpec:
    """One way to scale: its name, title, one sentence, and its class in scikit-learn."""

    name: str
    title: str
    summary: str
    sklearn_class: str | None = None


SCALINGS = {
    spec.name: spec
    for spec in (
        ScalingSpec(
            "min-max",
            "Min-max",
            "From 0 to 1, the smallest and largest value seen.",
            "MinMaxScaler",
        ),
        ScalingSpec(
            "standardize", "Standardise", "Mean 0 and standard deviation 1.", "StandardScaler"
        ),
        ScalingSpec("none", "None", "Values as they are."),
    )
}


class Scaler:
    """A fitted scaling: one range for all pixels of images, one for each column of a table."""

    def __init__(self, scaling: str, kind: Kind) -> None:
        self._columns_apart = kind == "table"
        self._scaler = _sklearn_scaler(scaling)

    def fit(self, x: np.ndarray) -> Scaler:
        """Learn the range from training rows x: (n, *sample_shape)."""
        if self._scaler is not None:
            self._scaler.fit(self._as_columns(x))
        return self

    def transform(self, x: np.ndarray) -> np.ndarray:
        """Raw to scaled, (n, *sample_shape) float32."""
        columns = self._as_columns(x)
        scaled = columns if self._scaler is None else self._scaler.transform(columns)
        return np.ascontiguousarray(scaled, dtype=np.float32).reshape(x.shape)

    def inverse(self, x: np.ndarray) -> np.ndarray:
        """Scaled to raw, (n, *sample_shape) float32."""
        columns = self._as_columns(x)
        raw = columns if self._scaler is None else self._scaler.inverse_transform(columns)
        return np.asarray(raw, dtype=np.float32).reshape(x.shape)

    def _as_columns(self, x: np.ndarray) -> np.ndarray:
        x = np.asarray(x, dtype=np.float32)
        return x.reshape(len(x), -1) if self._columns_apart else x.reshape(-1, 1)


def _sklearn_scaler(scaling: str) -> Any:
    name = SCALINGS[scaling].sklearn_class
    if name is None:
        return None
    from sklearn import preprocessing

    return getattr(preprocessing, name)()
