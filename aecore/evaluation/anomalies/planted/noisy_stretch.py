"""Noisy stretch: a channel that is disturbed for some time."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._places import stretch
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one

STEPS = 0.25


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One series with Gaussian noise of so many spreads on a quarter of a channel's steps."""
    steps, channel = stretch(len(x), STEPS, random), int(random.integers(x.shape[1]))
    out = x.copy()
    drawn = random.normal(size=steps.stop - steps.start)
    out[steps, channel] += strength * ground.channel_spread[channel] * drawn
    return out


SPEC = DefectSpec(
    name="noisy-stretch",
    title="Noise burst",
    summary="Noise on a quarter of one channel's steps.",
    kinds=("series",),
    change=one_by_one(change),
    strengths={"low": 0.5, "middle": 1.0, "high": 2.0},
    unit="spreads of the channel",
    order=50,
)
