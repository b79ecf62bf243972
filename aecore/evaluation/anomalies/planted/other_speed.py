"""Another speed: a stretch of a series that runs too fast, then too slowly."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._places import stretch
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one

STEPS = 0.5


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One series, half of its steps first so many times as fast and then as slow.

    All channels keep together, and both ends of the stretch stay where they were, so that nothing
    jumps. Values between steps are interpolated.
    """
    steps = stretch(len(x), STEPS, random)
    last = steps.stop - steps.start - 1
    if last < 2:
        return x
    turn = last / (strength + 1.0)
    times = np.interp(np.arange(last + 1), [0.0, turn, last], [0.0, strength * turn, last])
    out = x.copy()
    for channel in range(x.shape[1]):
        out[steps, channel] = np.interp(times, np.arange(last + 1), x[steps, channel])
    return out


SPEC = DefectSpec(
    name="other-speed",
    title="Another speed",
    summary="Half of the series runs too fast and then too slowly; no value is unusual.",
    kinds=("series",),
    change=one_by_one(change),
    strengths={"low": 1.25, "middle": 1.5, "high": 2.0},
    unit="times as fast",
    order=40,
)
