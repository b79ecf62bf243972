"""Flat line: a channel that stands still, as of a sensor that hangs."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._places import stretch
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One series whose channel keeps its value over this share of the steps."""
    steps, channel = stretch(len(x), strength, random), int(random.integers(x.shape[1]))
    out = x.copy()
    out[steps, channel] = x[steps.start, channel]
    return out


SPEC = DefectSpec(
    name="flat-line",
    title="Flat line",
    summary="One channel stands still for some time.",
    kinds=("series",),
    change=one_by_one(change),
    strengths={"low": 0.1, "middle": 0.25, "high": 0.5},
    unit="of the steps",
    order=30,
)
