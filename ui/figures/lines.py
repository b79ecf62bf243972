"""Lines over epochs: the curves of a chart, its grid, and names beside the ends of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from ui.base.text import short
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.axis import Axis

LEFT, RIGHT, TOP, BOTTOM = 56, 96, 44, 44
# Longer curves are thinned to this many points; a chart is no wider in pixels that matter.
MOST_POINTS = 400
# A curve of no more points than this shows each of them.
FEW_POINTS = 30
# Names of lines nearer than this, in pixels, would write over each other.
NAME_HEIGHT = 15
TICK_WIDTH = 70
# Between two numbers along the axis of values.
TICK_HEIGHT = 34


def thinned(length: int) -> list[int]:
    """Evenly spread positions, the first and last among them."""
    if length <= MOST_POINTS:
        return list(range(length))
    step = (length - 1) / (MOST_POINTS - 1)
    return sorted({round(i * step) for i in range(MOST_POINTS)})


def curve(
    values: Sequence[float],
    epochs: Axis,
    heights: Axis,
    colour: str,
    at: Sequence[float] | None = None,
) -> str:
    """A line through the epochs that have a number, with a gap where one has none.

    Args:
        at: where the values stand; without it the first at 1, the second at 2.
    """
    along = range(1, len(values) + 1) if at is None else at
    places = [(epochs.place(along[i]), heights.place(values[i])) for i in thinned(len(values))]
    line, dots, pen_is_down = [], [], False
    for x, y in places:
        if x is None or y is None:
            pen_is_down = False
            continue
        line.append(f"{'L' if pen_is_down else 'M'}{x:.1f} {y:.1f}")
        dots.append(f"M{x:.1f} {y:.1f}h0")
        pen_is_down = True
    style = f'fill="none" stroke="{colour}" stroke-linejoin="round" stroke-linecap="round"'
    drawn = f'<path d="{"".join(line)}" {style} stroke-width="2"/>'
    if len(values) <= FEW_POINTS:
        drawn += f'<path d="{"".join(dots)}" {style} stroke-width="5.5"/>'
    return drawn


def grid(epochs: Axis, heights: Axis, unit: str, palette: Palette, counted: str = "epoch") -> str:
    """The lines behind the curves, with their numbers and what these count."""
    drawn = [svg.text(unit, 8, heights.stop - 14, palette.muted)]
    for value in heights.ticks(max(3, int((heights.start - heights.stop) // TICK_HEIGHT) + 1)):
        y = heights.place(value) or 0.0
        drawn.append(svg.line(epochs.start, y, epochs.stop, y, f'stroke="{palette.grid}"'))
        drawn.append(svg.text(short(value), LEFT - 8, y + 4, palette.muted, svg.END))
    most = max(2, int((epochs.stop - epochs.start) // TICK_WIDTH))
    for value in epochs.ticks(most, whole=True):
        x = epochs.place(value) or 0.0
        drawn.append(svg.text(f"{value:,.0f}", x, heights.start + 18, palette.muted, svg.MIDDLE))
    middle = (epochs.start + epochs.stop) / 2
    drawn.append(svg.text(counted, middle, heights.start + BOTTOM - 8, palette.muted, svg.MIDDLE))
    return "".join(drawn)


def spread(places: Sequence[float], lowest: float) -> list[float]:
    """Ascending places moved apart until names fit between them, as little as that takes.

    Args:
        lowest: the place, counted from the top, that none goes beyond.
    """
    found: list[float] = []
    for y in places:
        found.append(max(y, found[-1] + NAME_HEIGHT) if found else y)
    excess = (found[-1] - lowest) if found else 0.0
    for i in reversed(range(len(found))):
        limit = lowest if i + 1 == len(found) else found[i + 1] - NAME_HEIGHT
        found[i] = min(found[i], limit) if excess > 0 else found[i]
    return found


def names(ends: Sequence[tuple[float, str, str]], x: float, lowest: float) -> str:
    """The name of each line, from its height, name and colour, beside its end."""
    shown = sorted(ends)
    places = spread([y for y, _, _ in shown], lowest)
    return "".join(
        svg.text(name, x + 6, at + 4, colour)
        for (_, name, colour), at in zip(shown, places, strict=True)
    )
