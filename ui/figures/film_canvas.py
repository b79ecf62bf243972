"""`Canvas`: a picture that frames of a film are drawn on, with smooth edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ui.figures.class_marks import ClassMark

# Drawn this many times too large and reduced, which makes edges smooth.
FINE = 2

Point = tuple[float, float]


class Canvas:
    """A picture of so many pixels; all places and lengths are in pixels of the finished one."""

    def __init__(self, width: int, height: int, ground: str) -> None:
        self._image = Image.new("RGB", (FINE * width, FINE * height), ground)
        self._draw = ImageDraw.Draw(self._image)

    def finished(self) -> np.ndarray:
        """(h, w, 3) bytes."""
        return np.asarray(self._image.reduce(FINE))

    def text(
        self, at: Point, content: str, colour: str, size: int = 12, anchor: str = "la"
    ) -> None:
        """One line of text; `anchor` says which of its points is at the place, as in Pillow."""
        self._draw.text(_fine(at), content, colour, _font(size), anchor=anchor)

    def width_of(self, content: str, size: int = 12) -> float:
        """How long a line of text is."""
        return float(_font(size).getlength(content)) / FINE

    def line(self, points: Sequence[Point], colour: str, width: int = 1) -> None:
        """A line from point to point."""
        self._draw.line([_fine(point) for point in points], colour, FINE * width)

    def box(self, at: Point, size: Point, *, fill: str | None = None, edge: str = "") -> None:
        """A rectangle from its upper left corner."""
        self._draw.rectangle(_box(at, size), fill, edge or None, FINE)

    def ring(self, at: Point, radius: float, colour: str, *, filled: bool) -> None:
        """A circle around a point."""
        box = _box((at[0] - radius, at[1] - radius), (2 * radius, 2 * radius))
        self._draw.ellipse(box, colour if filled else None, colour, FINE)

    def mark(self, at: Point, mark: ClassMark, radius: float) -> None:
        """The mark of a class around a point."""
        if not mark.outline:
            self.ring(at, radius, mark.colour, filled=True)
            return
        corners = [(at[0] + radius * x, at[1] + radius * y) for x, y in mark.outline]
        self._draw.polygon([_fine(corner) for corner in corners], mark.colour)

    def picture(self, at: Point, tile: np.ndarray, size: tuple[int, int]) -> None:
        """A picture (h, w, 3) of bytes in this size, its pixels with sharp edges."""
        wide, high = size
        made = Image.fromarray(tile).resize((FINE * wide, FINE * high), Image.Resampling.NEAREST)
        self._image.paste(made, _fine(at))


def _fine(at: Point) -> tuple[int, int]:
    return round(FINE * at[0]), round(FINE * at[1])


def _box(at: Point, size: Point) -> list[int]:
    left, upper = at
    return [*_fine(at), *_fine((left + max(size[0], 0), upper + max(size[1], 0)))]


def _font(size: int) -> Any:
    return ImageFont.load_default(FINE * size)
