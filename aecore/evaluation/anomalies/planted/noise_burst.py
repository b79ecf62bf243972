"""Noise burst: some numbers of a row disturbed at once."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._places import some_of
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one

COLUMNS = 0.5


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One row with Gaussian noise of so many spreads on half of its numbers."""
    out, places = x.copy(), some_of(ground.numbers, COLUMNS, random)
    out[places] += strength * ground.spread[places] * random.normal(size=len(places))
    return out


SPEC = DefectSpec(
    name="noise-burst",
    title="Noise burst",
    summary="Noise on half of the row's numbers.",
    kinds=("table",),
    change=one_by_one(change),
    strengths={"low": 1.0, "middle": 2.0, "high": 4.0},
    unit="spreads of each column",
    order=30,
)
