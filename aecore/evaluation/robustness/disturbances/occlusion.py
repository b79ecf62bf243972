"""Occlusion: a grey square covers a part of each picture."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.perturbing import covered
from aecore.evaluation.robustness.disturbances._ground import Ground
from aecore.evaluation.robustness.disturbances._spec import DisturbanceSpec


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """A square of this share of the shorter side, at a place drawn for each picture."""
    grey = (ground.low + ground.high) / 2
    places = random.random((len(x), 2))
    return np.stack(
        [
            covered(picture, strength, across, along, grey)
            for picture, (across, along) in zip(x, places, strict=True)
        ]
    )


SPEC = DisturbanceSpec(
    name="occlusion",
    title="Occlusion",
    summary="A grey square covers a part of each picture, at a place drawn at random.",
    kinds=("image",),
    change=change,
    strengths=(0.15, 0.3, 0.45, 0.6, 0.75),
    unit="of the shorter side",
    order=20,
)
