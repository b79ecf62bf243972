"""Picture sizes: one size for pictures of many, and fitting each to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageOps

MAX_SIDE = 64


def common_size(sizes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Height and width for all: their own if all are equal, else those of a square.

    The square's side is the median of the shorter sides, and at most 64 pixels.
    """
    if len(set(sizes)) == 1:
        return sizes[0]
    side = min(int(np.median([min(size) for size in sizes])), MAX_SIDE)
    return side, side


def fit_picture(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A picture (h, w, channels) uint8 scaled to cover (height, width), the rest cut off evenly."""
    if picture.shape[:2] == size:
        return picture
    height, width = size
    grey = picture.shape[2] == 1
    image = Image.fromarray(picture[..., 0] if grey else picture)
    fitted = np.asarray(ImageOps.fit(image, (width, height), Image.Resampling.BICUBIC))
    return fitted[..., None] if grey else fitted
