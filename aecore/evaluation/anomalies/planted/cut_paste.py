"""Cut and paste: a part of a picture copied to another place in it.

Source: Li, Sohn, Yoon and Pfister, CutPaste: Self-Supervised Learning for Anomaly Detection and
Localization, CVPR 2021.
"""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._places import rectangle
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one

# Height over width of what is cut, and the other way round.
LONGEST = 3.0


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One picture, a rectangle of this share of its area pasted somewhere else in it."""
    aspect = LONGEST ** random.uniform(-1, 1)
    sides = (x.shape[0], x.shape[1])
    source = rectangle(sides, strength, aspect, random)
    target = rectangle(sides, strength, aspect, random)
    out = x.copy()
    out[target] = x[source]
    return out


SPEC = DefectSpec(
    name="cut-paste",
    title="Cut and paste",
    summary="A part of the picture pasted at another place in it: no value is unusual there.",
    kinds=("image",),
    change=one_by_one(change),
    strengths={"low": 0.02, "middle": 0.06, "high": 0.15},
    unit="of the picture's area",
    order=40,
)
