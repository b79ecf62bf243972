"""Squares: a square of one shade covers a part of each picture."""

from __future__ import annotations

from typing import Any, Literal

from aecore.models.corruptions._pictures import (
    each,
    painted,
    rows_and_columns,
    side_of,
    starts,
    within,
)
from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings, setting

# Where each lies, from top and from left, and its shade.
NUMBERS = 3


class SquareCorruption(Settings):
    """How many squares, and how large."""

    kind: Literal["squares"] = setting(
        "squares", "Corruption", "Noise added to the input only; the target stays clean."
    )
    side: float = setting(
        0.4,
        "Side of a square",
        "The side of each square, as a share of the shorter side of the picture.",
        ge=0.05,
        le=1.0,
        step=0.05,
    )
    count: int = setting(1, "Squares", "So many squares lie on each picture.", ge=1, le=10)


def corrupt(settings: SquareCorruption, x: Any, noise: Any, value_range: Range, xp: Any) -> Any:
    """Each square lies wholly inside, and its shade is any in the range."""
    low, high = value_range
    rows, columns = rows_and_columns(x, xp)
    side = side_of(settings.side, x)
    for first in range(0, settings.count * NUMBERS, NUMBERS):
        top = each(starts(noise[:, first], side, x.shape[1], xp), xp)
        left = each(starts(noise[:, first + 1], side, x.shape[2], xp), xp)
        inside = xp.logical_and(within(rows, top, side, xp), within(columns, left, side, xp))
        x = painted(x, inside, each(low + (high - low) * noise[:, first + 2], xp), xp)
    return x


SPEC = CorruptionSpec(
    name="squares",
    title="Squares",
    summary="Squares of one shade cover a part of each picture, at a place drawn at random.",
    settings=SquareCorruption,
    noise="uniform",
    corrupt=corrupt,
    source="Pathak et al., Context Encoders: Feature Learning by Inpainting, CVPR 2016",
    draws=lambda settings: NUMBERS * settings.count,
    kinds=("image",),
    order=50,
)
