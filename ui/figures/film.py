"""Frames of a training's film as pictures, for a GIF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from aecore.evaluation.samples import Samples
from aecore.latent.film import Film
from ui.base.text import rounded
from ui.base.theme import Palette
from ui.figures.latent import Group
from ui.figures.pictures import shades

WIDTH = 720
MARGIN = 16
LINE = 22
VIEW = (WIDTH - 3 * MARGIN) // 2
# Drawn this many times too large and reduced, which makes edges smooth.
FINE = 2
RADIUS = 2.6
SHOWN = {"image": 10, "table": 4, "series": 4, "text": 0}
STRIP = 90
LINES_KEPT = 200
FEATURES = 40
ROOM = 0.15

Draw = ImageDraw.ImageDraw


def plot_frames(
    film: Film, samples: Samples, groups: list[Group], moments: list[str], palette: Palette
) -> Iterator[np.ndarray]:
    """Pictures (h, w, 3) of bytes, one a frame: the probe, the map and the histogram.

    Args:
        groups: the map's points by colour.
        moments: what is written over each frame.
    """
    strip = _strip_height(film, samples)
    for frame, moment in enumerate(moments):
        yield _picture(film, samples, groups, frame, moment, palette, strip)


def _strip_height(film: Film, samples: Samples) -> int:
    if samples.kind == "text" or not len(film.snapshots.rows):
        return 0
    if samples.kind != "image":
        return STRIP + MARGIN
    return 2 * (_tile(film)[1] + MARGIN // 4) + MARGIN


def _tile(film: Film) -> tuple[int, int]:
    """Width and height of one of the probe's images."""
    height, width = film.snapshots.original.shape[1:3]
    shown = min(SHOWN["image"], len(film.snapshots.rows))
    room = min(STRIP, (WIDTH - 2 * MARGIN) // shown - MARGIN // 4)
    factor = room / max(width, height)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _picture(
    film: Film,
    samples: Samples,
    groups: list[Group],
    frame: int,
    moment: str,
    palette: Palette,
    strip: int,
) -> np.ndarray:
    top = MARGIN + LINE + MARGIN // 2
    size = (FINE * WIDTH, FINE * (top + strip + LINE + VIEW + MARGIN))
    image = Image.new("RGB", size, palette.background)
    draw = ImageDraw.Draw(image)
    draw.text(_fine(MARGIN, MARGIN), moment, palette.text, _font(16))
    if strip:
        PROBES[samples.kind](image, draw, film, samples, frame, top, palette)
    _map(draw, film, groups, frame, top + strip, palette)
    if len(film.edges):
        _bars(draw, film, frame, top + strip, palette)
    return np.asarray(image.reduce(FINE))


def _map(
    draw: Draw, film: Film, groups: list[Group], frame: int, top: int, palette: Palette
) -> None:
    draw.text(_fine(MARGIN, top), "Map of the codes", palette.muted, _font(13))
    top += LINE
    draw.rectangle(_box(MARGIN, top, VIEW, VIEW), outline=palette.grid, width=FINE)
    inner = VIEW - 4 * RADIUS
    places = film.points[frame] * (1, -1) + (0, 1)
    for group in groups:
        for x, y in (places[group.positions] * inner).tolist():
            left, upper = MARGIN + RADIUS + x, top + RADIUS + y
            draw.ellipse(_box(left, upper, 2 * RADIUS, 2 * RADIUS), fill=group.colour)


def _bars(draw: Draw, film: Film, frame: int, top: int, palette: Palette) -> None:
    left, counts = 2 * MARGIN + VIEW, film.counts[frame]
    mean = rounded(float(film.mean_error[frame]))
    draw.text(_fine(left, top), f"Errors (MSE), mean {mean}", palette.muted, _font(13))
    top += LINE
    foot = top + VIEW - LINE
    wide, tall = VIEW / len(counts), (VIEW - LINE) / max(1, int(counts.max()))
    for place, number in enumerate(counts.tolist()):
        if number:
            box = _box(left + place * wide, foot - number * tall, wide - 1, number * tall)
            draw.rectangle(box, fill=palette.reconstruction)
    draw.line([*_fine(left, foot), *_fine(left + VIEW, foot)], palette.grid, FINE)
    ends = ((left, film.edges[0], "la"), (left + VIEW, film.edges[-1], "ra"))
    for x, edge, anchor in ends:
        at = _fine(x, foot + 4)
        draw.text(at, rounded(float(edge)), palette.muted, _font(12), anchor=anchor)
    middle = _fine(left + VIEW / 2, foot + 4)
    draw.text(middle, "logarithmic", palette.muted, _font(12), anchor="ma")


def _pictures(
    image: Image.Image,
    draw: Draw,
    film: Film,
    samples: Samples,
    frame: int,
    top: int,
    palette: Palette,
) -> None:
    shown = min(SHOWN["image"], len(film.snapshots.rows))
    wide, high = _tile(film)
    for row, x in enumerate((film.snapshots.original, film.snapshots.reconstruction[frame])):
        for place, tile in enumerate(shades(x[:shown], samples.display_range)):
            at = _fine(MARGIN + place * (wide + MARGIN // 4), top + row * (high + MARGIN // 4))
            made = Image.fromarray(tile).resize(
                (FINE * wide, FINE * high), Image.Resampling.NEAREST
            )
            image.paste(made, at)


def _strips(
    image: Image.Image,
    draw: Draw,
    film: Film,
    samples: Samples,
    frame: int,
    top: int,
    palette: Palette,
    *,
    as_dots: bool,
) -> None:
    """The first channel of series as lines, or the first features of rows as dots."""
    shown = min(SHOWN[samples.kind], len(film.snapshots.rows))
    pair = np.stack([film.snapshots.original, film.snapshots.reconstruction[frame]], axis=1)[:shown]
    pair = _thinned(pair) if samples.kind == "series" else pair[..., :FEATURES]
    scale = film.snapshots.original[..., 0] if samples.kind == "series" else pair[:, :1]
    low, high = float(scale.min()), float(scale.max())
    unit = ((pair - low) / max(high - low, 1e-12) + ROOM) / (1 + 2 * ROOM)
    unit = np.nan_to_num(unit).clip(0, 1)
    wide = (WIDTH - 2 * MARGIN) / shown
    across = np.linspace(0, wide - MARGIN, unit.shape[-1])
    for place in range(shown):
        for side, colour in enumerate((palette.original, palette.reconstruction)):
            x = MARGIN + place * wide + across
            y = top + STRIP * (1 - unit[place, side])
            _mark(draw, np.stack([x, y], axis=1), colour, side, as_dots=as_dots)


def _mark(draw: Draw, points: np.ndarray, colour: str, side: int, *, as_dots: bool) -> None:
    if not as_dots:
        draw.line([_fine(*point) for point in points.tolist()], colour, (3 - side) * FINE)
        return
    for x, y in points.tolist():
        box = _box(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)
        draw.ellipse(box, outline=colour, width=FINE, fill=colour if side else None)


def _thinned(pair: np.ndarray) -> np.ndarray:
    """The first channel of every so manyth step."""
    return pair[:, :, :: max(1, pair.shape[2] // LINES_KEPT), 0]


def _fine(x: float, y: float) -> tuple[int, int]:
    return round(FINE * x), round(FINE * y)


def _box(left: float, top: float, width: float, height: float) -> list[int]:
    return [*_fine(left, top), *_fine(left + max(width, 0), top + max(height, 0))]


def _font(size: int) -> Any:
    return ImageFont.load_default(FINE * size)


PROBES: dict[str, Callable[..., None]] = {
    "image": _pictures,
    "table": partial(_strips, as_dots=True),
    "series": partial(_strips, as_dots=False),
}
