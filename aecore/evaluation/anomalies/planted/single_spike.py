"""Spike: one step of one channel too high or too low."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One series with a single value moved up or down by so many spreads of its channel."""
    step, channel = int(random.integers(x.shape[0])), int(random.integers(x.shape[1]))
    out = x.copy()
    out[step, channel] += random.choice([-1, 1]) * strength * ground.channel_spread[channel]
    return out


SPEC = DefectSpec(
    name="single-spike",
    title="Spike",
    summary="One step of one channel moved up or down.",
    kinds=("series",),
    change=one_by_one(change),
    strengths={"low": 2.0, "middle": 4.0, "high": 8.0},
    unit="spreads of the channel",
    order=10,
)
