"""`Ground`: what disturbances know of the training rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ROUNDING = 1e-5


@dataclass(frozen=True)
class Ground:
    """What is usual, in scaled units.

    Attributes:
        low, high: the least and the greatest value.
        spread: the root of the variance that a value has on average about its own mean.
        mean: (*sample_shape), the mean of each value.
    """

    low: float
    high: float
    spread: float
    mean: np.ndarray

    @classmethod
    def of(cls, train: np.ndarray) -> Ground:
        """Learned of training rows (n, *sample_shape)."""
        spread = float(np.sqrt(train.var(axis=0, dtype=np.float64).mean()))
        mean = train.mean(axis=0, dtype=np.float64).astype(np.float32)
        return cls(float(train.min()), float(train.max()), spread, mean)

    def bounded(self, x: np.ndarray) -> np.ndarray:
        """Values as they are, but those of data in [0, 1], which stay there."""
        # Scaling to [0, 1] rounds.
        if self.low >= -ROUNDING and self.high <= 1 + ROUNDING:
            return np.clip(x, 0.0, 1.0)
        return x
