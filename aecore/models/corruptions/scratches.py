"""Scratches: thin straight lines, dark or bright, run across each picture."""

from __future__ import annotations

import math
from typing import Any, Literal

from aecore.models.corruptions._pictures import each, painted, rows_and_columns
from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings, setting

# A point on each, from top and from left, its angle, and whether it is dark or bright.
NUMBERS = 4


class ScratchCorruption(Settings):
    """How many scratches, and how wide."""

    kind: Literal["scratches"] = setting(
        "scratches", "Corruption", "Noise added to the input only; the target stays clean."
    )
    count: int = setting(3, "Scratches", "So many lines run across each picture.", ge=1, le=20)
    width: float = setting(
        1.0, "Width", "The width of each line in pixels.", ge=0.5, le=10.0, step=0.5
    )


def corrupt(settings: ScratchCorruption, x: Any, noise: Any, value_range: Range, xp: Any) -> Any:
    """A pixel lies on a line if its middle is no further from it than half of its width."""
    rows, columns = rows_and_columns(x, xp)
    low, high = value_range
    for first in range(0, settings.count * NUMBERS, NUMBERS):
        down, right, turn, shade = (each(noise[:, first + i], xp) for i in range(NUMBERS))
        away_down = rows - down * (x.shape[1] - 1)
        away_right = columns - right * (x.shape[2] - 1)
        angle = math.pi * turn
        distance = xp.abs(away_down * xp.cos(angle) - away_right * xp.sin(angle))
        x = painted(x, distance <= settings.width / 2, xp.where(shade < 0.5, low, high), xp)
    return x


SPEC = CorruptionSpec(
    name="scratches",
    title="Scratches",
    summary="Thin straight lines, dark or bright, run across each picture at any angle.",
    settings=ScratchCorruption,
    noise="uniform",
    corrupt=corrupt,
    source="Xie, Xu and Chen, Image Denoising and Inpainting with Deep Neural Networks, NIPS 2012",
    draws=lambda settings: NUMBERS * settings.count,
    kinds=("image",),
    order=60,
)
