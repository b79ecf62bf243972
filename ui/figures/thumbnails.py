"""Thumbnails: one sample as small as can be."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.samples import Samples
from ui.base.theme import Palette
from ui.figures.pictures import data_address, enlarged, shades
from ui.figures.svg import document

SIDE = 72
WIDTH, HEIGHT = 110, 44
MOST_STEPS = 110
STROKE = 1.5


def thumbnail(samples: Samples, position: int, palette: Palette) -> str | None:
    """The original of one sample: a data address, or a series' first channel as an SVG.

    None for tables and texts, which have no picture that small.
    """
    original = samples.original[position]
    if samples.kind == "image":
        picture = shades(original[None], samples.display_range)[0]
        return data_address(enlarged(picture, max(1, round(SIDE / max(picture.shape[:2])))))
    if samples.kind == "series":
        return _line(original[:, 0], palette.original)
    return None


def _line(values: np.ndarray, colour: str) -> str:
    values = np.nan_to_num(values[:: max(1, len(values) // MOST_STEPS)])
    across = np.linspace(STROKE, WIDTH - STROKE, len(values))
    span = np.ptp(values) or 1.0
    down = STROKE + (HEIGHT - 2 * STROKE) * (values.max() - values) / span
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
    drawn = f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{STROKE}"/>'
    return document(drawn, WIDTH, HEIGHT)
