"""Noise: a normal random number is added to every value."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.robustness.disturbances._ground import Ground
from aecore.evaluation.robustness.disturbances._spec import DisturbanceSpec


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """x + σε, σ in spreads of the data."""
    drawn = random.standard_normal(x.shape, dtype=np.float32)
    return np.asarray(x + strength * ground.spread * drawn)


SPEC = DisturbanceSpec(
    name="added-noise",
    title="Noise",
    summary="A normal random number is added to every value.",
    kinds=("image", "table", "series"),
    change=change,
    strengths=(0.4, 0.8, 1.2, 1.6, 2.0),
    unit="times the spread of a value",
    order=10,
)
