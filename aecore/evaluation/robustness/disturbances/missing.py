"""Missing values: a share of the values is not known, and filled with their means."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.robustness.disturbances._ground import Ground
from aecore.evaluation.robustness.disturbances._spec import DisturbanceSpec


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """The mean of the training rows in place of each value that is drawn."""
    return np.where(random.random(x.shape) < strength, ground.mean, x)


SPEC = DisturbanceSpec(
    name="missing-values",
    title="Missing values",
    summary="A share of the values is not known; the mean of the training rows stands for each.",
    kinds=("table", "series"),
    change=change,
    strengths=(0.1, 0.2, 0.3, 0.4, 0.5),
    unit="of all values",
    order=60,
)
