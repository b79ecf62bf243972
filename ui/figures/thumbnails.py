"""Thumbnails: one sample as small as can be, and a run by some of its samples."""

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
# A run is told by so many samples, each of so many pixels, over its reconstructions.
SHOWN, TILE = 5, 40


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


def run_thumbnail(samples: Samples, palette: Palette) -> str | None:
    """Some of a run's samples over their reconstructions, as a data address.

    None for tables and texts, and for a run that kept none.
    """
    if not len(samples.error):
        return None
    if samples.kind == "image":
        return _pairs(samples)
    return thumbnail(samples, 0, palette)


def _pairs(samples: Samples) -> str:
    """A sheet of small pictures: originals, and their reconstructions beneath."""
    rows, step = [], max(1, max(samples.original.shape[1:3]) // TILE)
    for pictures in (samples.original, samples.reconstruction):
        shown = shades(pictures[:SHOWN, ::step, ::step], samples.display_range)
        times = max(1, round(TILE / max(shown.shape[1:3])))
        rows.append(np.concatenate([enlarged(picture, times) for picture in shown], axis=1))
    return data_address(np.concatenate(rows, axis=0))


def _line(values: np.ndarray, colour: str) -> str:
    values = np.nan_to_num(values[:: max(1, len(values) // MOST_STEPS)])
    across = np.linspace(STROKE, WIDTH - STROKE, len(values))
    span = np.ptp(values) or 1.0
    down = STROKE + (HEIGHT - 2 * STROKE) * (values.max() - values) / span
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
    drawn = f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{STROKE}"/>'
    return document(drawn, WIDTH, HEIGHT)
