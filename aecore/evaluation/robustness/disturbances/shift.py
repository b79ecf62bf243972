"""Shift: each picture is moved by whole pixels to one of four sides."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.perturbing import shifted
from aecore.evaluation.robustness.disturbances._ground import Ground
from aecore.evaluation.robustness.disturbances._spec import DisturbanceSpec

SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """Moved right, left, down or up, as is drawn for each picture."""
    pixels, drawn = round(strength), random.integers(len(SIDES), size=len(x))
    ways = [SIDES[place] for place in drawn]
    return np.stack(
        [
            shifted(picture, pixels * right, pixels * down)
            for picture, (right, down) in zip(x, ways, strict=True)
        ]
    )


SPEC = DisturbanceSpec(
    name="shift",
    title="Shift",
    summary="Each picture is moved to one of its four sides.",
    kinds=("image",),
    change=change,
    strengths=(1.0, 2.0, 3.0, 4.0, 5.0),
    unit="pixels",
    restores=False,
    order=30,
)
