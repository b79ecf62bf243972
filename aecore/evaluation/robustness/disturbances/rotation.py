"""Rotation: each picture is turned about its middle, one way or the other."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.perturbing import turned
from aecore.evaluation.robustness.disturbances._ground import Ground
from aecore.evaluation.robustness.disturbances._spec import DisturbanceSpec


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """Turned by so many degrees, the way drawn for each picture."""
    ways = random.choice((-1.0, 1.0), size=len(x))
    return np.stack([turned(each, strength * way) for each, way in zip(x, ways, strict=True)])


SPEC = DisturbanceSpec(
    name="rotation",
    title="Rotation",
    summary="Each picture is turned about its middle, to the left or to the right.",
    kinds=("image",),
    change=change,
    strengths=(9.0, 18.0, 27.0, 36.0, 45.0),
    unit="degrees",
    restores=False,
    order=40,
)
