"""The codes of some samples as points, in one projection for the whole run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aecore.training.events import Event, unpack
from ui.base import text
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.class_marks import ClassMark, ClassPoints, class_points, points_without_class

HEIGHT = 215
PADDING = 10
# Squares of the grid along the shorter side of the map.
SQUARES = 4
RADIUS = 3.7
LONGEST_NAME = 22
LETTER = 7.4
LEGEND_ROW = 20
MOST_LEGEND_ROWS = 3


@dataclass(frozen=True)
class Frame:
    """What of the plane a map shows: the point (2,) in its middle, and how large a step of 1 is."""

    middle: np.ndarray
    pixels_a_step: float


def plot_live_map(snapshot: Event | None, palette: Palette, width: int) -> str:
    """The map of a snapshot event as an SVG, the marks of each class and its name.

    One step is as long in both directions. Before the first snapshot the grid is empty.

    Args:
        width: of the map, in pixels.
    """
    points, labels = map_points(snapshot)
    names = snapshot["map"].get("class_names", ()) if snapshot else ()
    classes = _classes(points, labels, names, palette)
    frame = frame_around(points, width)
    legend = _legend_places(classes, width)
    rows = 1 + max((row for _, row in legend), default=0)
    body = [_grid(width, palette)]
    for i, each in enumerate(classes):
        placed = points_on(points[each.positions], frame, width)
        drawn = f"<title>{svg.text_of(each.name)}</title>{_marks(placed, each.mark)}"
        if i < len(legend):
            drawn += _legend_entry(each, *legend[i], palette)
        body.append(f'<g class="points">{drawn}</g>')
    left_out = len(classes) - len(legend)
    if left_out:
        at = HEIGHT + MOST_LEGEND_ROWS * LEGEND_ROW + 12
        said = f"and {text.count(left_out)} more classes, named where you point at them"
        body.append(svg.text(said, 4, at, palette.muted))
        rows = MOST_LEGEND_ROWS + 1
    return svg.document("".join(body), width, HEIGHT + 6 + rows * LEGEND_ROW)


def describe_live_map(snapshot: Event | None) -> str:
    """The chart in words, for those who do not see it."""
    points, labels = map_points(snapshot)
    if snapshot is None:
        return "Map of the codes; nothing to show before the first epoch."
    classes = "" if labels is None else f" in {len(np.unique(labels))} classes"
    return f"Map of the codes of {len(points)} samples{classes} after epoch {snapshot['epoch']}."


def map_points(snapshot: Event | None) -> tuple[np.ndarray, np.ndarray | None]:
    """The points (m, 2) of a snapshot and their class indices (m,), or None without labels."""
    if snapshot is None:
        return np.empty((0, 2)), None
    labels = snapshot["map"].get("labels")
    return unpack(snapshot["map"]["points"]), None if labels is None else np.asarray(labels)


def frame_around(points: np.ndarray, width: int) -> Frame:
    """A frame with all points (m, 2) on a map of this width.

    Its middle and its scale are rounded, so that they seldom change from one snapshot to the next.
    """
    room = (np.array([width, HEIGHT]) - 2 * PADDING) / 2
    if not len(points):
        return Frame(np.zeros(2), 1.0)
    low, high = points.min(axis=0), points.max(axis=0)
    step = float(room.min() * _rounded_up(float(((high - low) / 2 / room).max()))) / 2
    middle = np.round((low + high) / 2 / step) * step
    return Frame(middle, 1.0 / _rounded_up(float((np.abs(points - middle) / room).max())))


def points_on(points: np.ndarray, frame: Frame, width: int) -> np.ndarray:
    """Points (m, 2) in pixels from the map's upper left corner."""
    away = (np.asarray(points) - frame.middle) * (frame.pixels_a_step, -frame.pixels_a_step)
    return np.array([width, HEIGHT]) / 2 + away


def _rounded_up(value: float) -> float:
    """The next multiple of a quarter of the next power of two; 1 where there is no extent."""
    if value == 0:
        return 1.0
    step = 2.0 ** math.ceil(math.log2(value)) / 4
    return math.ceil(value / step) * step


def _classes(
    points: np.ndarray, labels: np.ndarray | None, names: Sequence[str], palette: Palette
) -> list[ClassPoints]:
    if labels is None:
        return [points_without_class(len(points), palette)]
    present, places = np.unique(labels, return_inverse=True)
    numbers: list[int] = present.tolist()
    named = [names[number] if number < len(names) else str(number) for number in numbers]
    return class_points(places, named, palette, numbers)


def _marks(placed: np.ndarray, mark: ClassMark) -> str:
    """All marks of a class in one path, which a browser draws faster than one each."""
    shape = mark.path(RADIUS)
    path = "".join(f"M{x:.1f} {y:.1f}{shape}" for x, y in placed.tolist())
    return f'<path d="{path}" opacity="0.8" fill="{mark.colour}"/>'


def _grid(width: int, palette: Palette) -> str:
    """Squares around the middle, each as wide as it is high."""
    side = HEIGHT / SQUARES
    look = f'stroke="{palette.grid}"'
    drawn = [svg.box(0.5, 0.5, width - 1, HEIGHT - 1, f'fill="none" {look} rx="6"')]
    steps = int(width / 2 // side)
    drawn += [
        svg.line(width / 2 + i * side, 1, width / 2 + i * side, HEIGHT - 1, look)
        for i in range(-steps, steps + 1)
    ]
    drawn += [svg.line(1, i * side, width - 1, i * side, look) for i in range(1, SQUARES)]
    return "".join(drawn)


def _legend_places(classes: Sequence[ClassPoints], width: int) -> list[tuple[float, int]]:
    """Where each name begins, in pixels, and in which row; names that find no room are left out."""
    places: list[tuple[float, int]] = []
    x, row = 4.0, 0
    for each in classes:
        wide = 24 + LETTER * min(len(each.name), LONGEST_NAME)
        if x > 4 and x + wide > width:
            x, row = 4.0, row + 1
        if row == MOST_LEGEND_ROWS:
            break
        places.append((x, row))
        x += wide + 10
    return places


def _legend_entry(of: ClassPoints, x: float, row: int, palette: Palette) -> str:
    y = HEIGHT + 16 + row * LEGEND_ROW
    mark = _marks(np.array([[x + 6, y - 4]]), of.mark)
    return mark + svg.text(svg.shortened(of.name, LONGEST_NAME), x + 16, y, palette.text)
