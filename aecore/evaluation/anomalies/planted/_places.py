"""Places for defects: squares and rectangles in pictures, stretches in series."""

from __future__ import annotations

import math

import numpy as np


def rectangle(
    sides: tuple[int, int], area: float, aspect: float, random: np.random.Generator
) -> tuple[slice, slice]:
    """Rows and columns of a rectangle somewhere in a picture, wholly inside.

    Args:
        sides: height and width of the picture.
        area: share of the picture's area, about.
        aspect: height over width.
    """
    whole = area * sides[0] * sides[1]
    wanted = math.sqrt(whole * aspect), math.sqrt(whole / aspect)
    height, width = (
        min(side, max(1, round(size))) for side, size in zip(sides, wanted, strict=True)
    )
    top = int(random.integers(0, sides[0] - height + 1))
    left = int(random.integers(0, sides[1] - width + 1))
    return slice(top, top + height), slice(left, left + width)


def stretch(steps: int, share: float, random: np.random.Generator) -> slice:
    """So large a share of a series' steps, one at least, somewhere in it."""
    length = min(steps, max(1, round(share * steps)))
    start = int(random.integers(0, steps - length + 1))
    return slice(start, start + length)


def some_of(places: np.ndarray, share: float, random: np.random.Generator) -> np.ndarray:
    """So large a share of (n,) places, drawn at random; one at least if there are any."""
    if not len(places):
        return places
    count = min(len(places), max(1, round(share * len(places))))
    return random.choice(places, count, replace=False)
