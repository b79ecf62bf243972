"""Scaling: fitted on the training rows alone, undone for display."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aecore.data.dataset import Kind
from aecore.data.scalings import SCALINGS


@dataclass(frozen=True)
class Units:
    """How scaled values become raw again: raw = scaled · scale + offset.

    Attributes:
        scale, offset: broadcast to samples (n, *sample_shape).
    """

    scale: np.ndarray
    offset: np.ndarray

    def raw(self, x: np.ndarray) -> np.ndarray:
        """Scaled to raw, (n, *sample_shape) float32."""
        return (x * self.scale + self.offset).astype(np.float32)

    def of(self, positions: np.ndarray) -> Units:
        """The units of some samples, where each sample has its own."""
        own = len(self.scale) > 1
        return Units(self.scale[positions], self.offset) if own else self


AS_IS = Units(np.ones((1,), np.float32), np.zeros((1,), np.float32))


class Scaler:
    """A fitted scaling: one range for all pixels, one a column of a table, one a channel."""

    def __init__(self, scaling: str, kind: Kind) -> None:
        self._by_sample = SCALINGS[scaling].by_sample
        self._kind = kind
        self._scaler = SCALINGS[scaling].make()

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

    def units(self, x: np.ndarray) -> Units:
        """How to undo it for raw samples x: (n, *sample_shape)."""
        if self._scaler is None:
            return AS_IS
        if self._by_sample:
            length = np.linalg.norm(self._as_columns(x), axis=1)
            length[length == 0] = 1.0
            return Units(length.reshape(-1, *[1] * (x.ndim - 1)), AS_IS.offset)
        width = self._scaler.n_features_in_
        zero, one = np.zeros((1, width)), np.ones((1, width))
        offset = self._scaler.inverse_transform(zero)
        scale = self._scaler.inverse_transform(one) - offset
        return Units(scale.astype(np.float32), offset.astype(np.float32))

    def _as_columns(self, x: np.ndarray) -> np.ndarray:
        x = np.asarray(x, dtype=np.float32)
        if self._by_sample or self._kind in ("table", "text"):
            # Not -1, which numpy cannot work out where there are no rows.
            return x.reshape(len(x), math.prod(x.shape[1:]))
        return x.reshape(-1, x.shape[-1] if self._kind == "series" else 1)
