"""What every metric declares, and what it is computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np


@dataclass(frozen=True)
class Measured:
    """Rows and their reconstructions, all (n, *sample_shape) in scaled units.

    Attributes:
        x: the rows.
        x_hat: by the autoencoder.
        by_mean: by the mean training sample.
        by_pca: of what the encoder saw, by PCA of the same dimension, fitted on training rows.
        loss: name of the loss trained with.
        seen: what the encoder saw of the rows: the rows themselves, or corrupted ones.
    """

    x: np.ndarray
    x_hat: np.ndarray
    by_mean: np.ndarray
    by_pca: np.ndarray
    loss: str
    seen: np.ndarray


@dataclass(frozen=True)
class MetricSpec:
    """One metric: name, title, a sentence, unit, which way is better, its yardstick, and how."""

    name: str
    title: str
    summary: str
    unit: str
    better: Literal["lower", "higher"]
    yardstick: str
    compute: Callable[[Measured], float]
    order: int = 100
