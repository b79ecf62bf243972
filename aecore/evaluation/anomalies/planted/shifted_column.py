"""Shifted column: one number of a row too high or too low."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._spec import DefectSpec


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """Rows with one number each moved up or down by so many of its spreads."""
    out, numbers = x.copy(), ground.numbers
    if not len(numbers):
        return out
    place = random.choice(numbers, len(x))
    sign = random.choice([-1.0, 1.0], len(x))
    out[np.arange(len(x)), place] += sign * strength * ground.spread[place]
    return out


SPEC = DefectSpec(
    name="shifted-column",
    title="Shifted column",
    summary="One number of the row moved up or down.",
    kinds=("table",),
    change=change,
    strengths={"low": 2.0, "middle": 4.0, "high": 8.0},
    unit="spreads of the column",
    order=20,
)
