"""Bright square: a part of a picture turned bright."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one
from aecore.evaluation.anomalies.planted._square import covered


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One picture, a square in it mixed with the brightest value by this weight."""
    shade = float(x.max()) if ground.high is None else ground.high
    return covered(x, shade, strength, random)


SPEC = DefectSpec(
    name="bright-square",
    title="Bright square",
    summary="A square, a 25th of the picture, turned bright.",
    kinds=("image",),
    change=one_by_one(change),
    strengths={"low": 0.25, "middle": 0.5, "high": 1.0},
    unit="of the way to the brightest value",
    order=10,
)
