"""Level shift: a channel that is too high or too low from some step on."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One series whose channel is moved from a step between a quarter and three quarters on."""
    steps = len(x)
    start = int(random.integers(steps // 4, 3 * steps // 4 + 1))
    channel = int(random.integers(x.shape[1]))
    out = x.copy()
    out[start:, channel] += random.choice([-1, 1]) * strength * ground.channel_spread[channel]
    return out


SPEC = DefectSpec(
    name="level-shift",
    title="Level shift",
    summary="One channel moved up or down from some step on.",
    kinds=("series",),
    change=one_by_one(change),
    strengths={"low": 0.5, "middle": 1.0, "high": 2.0},
    unit="spreads of the channel",
    order=20,
)
