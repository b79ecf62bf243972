"""Swapped values: columns of a row taken from another row."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._places import some_of
from aecore.evaluation.anomalies.planted._spec import DefectSpec


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """Rows with this share of their columns from others, each column from a row of its own."""
    out = x.copy()
    if len(x) < 2:
        return out
    columns = np.arange(len(ground.columns))
    for row in range(len(x)):
        for column in some_of(columns, strength, random):
            places = list(ground.columns[column])
            # Any other row, all alike.
            other = (row + int(random.integers(1, len(x)))) % len(x)
            out[row, places] = x[other, places]
    return out


SPEC = DefectSpec(
    name="swapped-values",
    title="Swapped values",
    summary="Values from other rows: each is usual by itself, but they do not belong together.",
    kinds=("table",),
    change=change,
    strengths={"low": 0.2, "middle": 0.5, "high": 1.0},
    unit="of the columns",
    order=10,
)
