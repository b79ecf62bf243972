"""Contrast: all values of a picture move towards grey."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.robustness.disturbances._ground import Ground
from aecore.evaluation.robustness.disturbances._spec import DisturbanceSpec


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """g + (1 − s)(x − g), with g the middle of the range."""
    grey = (ground.low + ground.high) / 2
    return np.asarray(grey + (1 - strength) * (x - grey))


SPEC = DisturbanceSpec(
    name="less-contrast",
    title="Contrast",
    summary="Each picture loses a share of its contrast: all values move towards grey.",
    kinds=("image",),
    change=change,
    strengths=(0.15, 0.3, 0.45, 0.6, 0.75),
    unit="of it lost",
    order=50,
)
