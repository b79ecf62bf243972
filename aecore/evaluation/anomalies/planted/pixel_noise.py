"""Noise in a picture: Gaussian, on every pixel."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._spec import DefectSpec


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """Pictures with noise of so many spreads of their channel."""
    return x + strength * ground.channel_spread * random.normal(size=x.shape)


SPEC = DefectSpec(
    name="pixel-noise",
    title="Noise",
    summary="Grain over the whole picture.",
    kinds=("image",),
    change=change,
    strengths={"low": 0.1, "middle": 0.25, "high": 0.5},
    unit="spreads of all pixels",
    order=50,
)
