"""Scratch: a thin line across a picture."""

from __future__ import annotations

import math

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one

# Of the picture's shorter side.
LENGTH = 0.5
THICKNESS = 0.04


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One picture with a line at any angle, mixed with black or white, whichever shows more."""
    rows, columns = np.indices(x.shape[:2])
    shorter = min(x.shape[:2])
    angle = random.uniform(0, math.pi)
    middle = random.uniform(0.25, 0.75, 2) * x.shape[:2]
    down, right = rows + 0.5 - middle[0], columns + 0.5 - middle[1]
    along = down * math.sin(angle) + right * math.cos(angle)
    across = down * math.cos(angle) - right * math.sin(angle)
    on = (np.abs(along) <= LENGTH * shorter / 2) & (
        np.abs(across) <= max(0.5, THICKNESS * shorter / 2)
    )
    if not on.any():
        return x
    low = float(x.min()) if ground.low is None else ground.low
    high = float(x.max()) if ground.high is None else ground.high
    shade = high if x[on].mean() < (low + high) / 2 else low
    out = x.copy()
    out[on] += strength * (shade - out[on])
    return out


SPEC = DefectSpec(
    name="scratch",
    title="Scratch",
    summary="A thin line across the picture, light where it is dark and dark where it is light.",
    kinds=("image",),
    change=one_by_one(change),
    strengths={"low": 0.25, "middle": 0.5, "high": 1.0},
    unit="of the way to black or white",
    order=30,
)
