"""Figures by a number that is counted, such as the encoding dimension, as lines with dots."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ui.base import text
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.axis import Axis, extent
from ui.figures.lines import BOTTOM, LEFT, TOP, curve, grid, names

WIDTH, HEIGHT = 860, 340
RIGHT = 150
COUNTED = "numbers of the code"
RADIUS = 4
# A longer axis is logarithmic, or the short codes would stand on each other.
LONG = 64


@dataclass(frozen=True)
class Line:
    """Values by encoding dimension.

    Attributes:
        name: on screen.
        colour: name of a colour of the palette.
    """

    name: str
    dimensions: Sequence[int]
    values: Sequence[float]
    colour: str


@dataclass(frozen=True)
class DimensionChart:
    """All that a chart over encoding dimensions shows.

    Attributes:
        unit: of the values.
        lines: through what was measured.
        levels: values that are the same for all dimensions, by name, with a palette's colour.
        dots: values of separate trainings, one a seed, by dimension.
        advised: the range of dimensions that is advised; None without advice.
        counted: what stands along the axis.
        first: where the axis begins.
    """

    unit: str
    lines: tuple[Line, ...]
    levels: Mapping[str, tuple[float, str]] = field(default_factory=dict)
    dots: Mapping[int, Sequence[float]] = field(default_factory=dict)
    advised: tuple[int, int] | None = None
    counted: str = COUNTED
    first: int = 1


def plot_dimensions(chart: DimensionChart, palette: Palette) -> str:
    """The chart as an SVG; axes alone while there is nothing to draw."""
    across, up = _axes(chart)
    parts = [
        _band(chart.advised, across, palette),
        grid(across, up, chart.unit, palette, chart.counted),
        *(_level(value, colour, across, up, palette) for value, colour in chart.levels.values()),
        *(
            curve(line.values, across, up, getattr(palette, line.colour), line.dimensions)
            for line in chart.lines
        ),
        _dots(chart.dots, across, up, palette),
        names(_ends(chart, up, palette), across.stop, HEIGHT - BOTTOM),
    ]
    return svg.document("".join(parts), WIDTH, HEIGHT)


def describe_dimensions(chart: DimensionChart) -> str:
    """The chart in words, for those who do not see it."""
    said = [
        f"{line.name} from {text.rounded(line.values[0])} with {line.dimensions[0]} to "
        f"{text.rounded(line.values[-1])} with {line.dimensions[-1]}"
        for line in chart.lines
        if len(line.values)
    ]
    said += [f"{name} {text.rounded(value)}" for name, (value, _) in chart.levels.items()]
    if chart.dots:
        trained = sum(len(values) for values in chart.dots.values())
        said.append(f"{trained} separate trainings as dots")
    return f"{chart.unit} by {chart.counted}: {'; '.join(said) or 'nothing yet'}."


def _axes(chart: DimensionChart) -> tuple[Axis, Axis]:
    dimensions = [k for line in chart.lines for k in line.dimensions] + list(chart.dots)
    last = max(dimensions, default=2)
    held = [value for line in chart.lines for value in line.values]
    held += [value for values in chart.dots.values() for value in values]
    held += [value for value, _ in chart.levels.values()]
    low, high = extent([value for value in held if math.isfinite(value)], log=False)
    return (
        Axis(chart.first, max(last, chart.first + 1), LEFT, WIDTH - RIGHT, log=last > LONG),
        Axis(low, high, HEIGHT - BOTTOM, TOP),
    )


def _band(advised: tuple[int, int] | None, across: Axis, palette: Palette) -> str:
    """The dimensions that are advised, shaded."""
    if advised is None:
        return ""
    left, right = (across.place(k) or 0.0 for k in advised)
    half = RADIUS + 2
    look = f'fill="{palette.code}" fill-opacity="0.14"'
    wide = right - left + 2 * half
    label = svg.text("advised", (left + right) / 2, TOP - 6, palette.muted, svg.MIDDLE)
    return svg.box(left - half, TOP, wide, HEIGHT - BOTTOM - TOP, look) + label


def _level(value: float, colour: str, across: Axis, up: Axis, palette: Palette) -> str:
    y = up.place(value)
    if y is None:
        return ""
    look = f'stroke="{getattr(palette, colour)}" stroke-width="1.5" stroke-dasharray="6 4"'
    return svg.line(across.start, y, across.stop, y, look)


def _dots(dots: Mapping[int, Sequence[float]], across: Axis, up: Axis, palette: Palette) -> str:
    """A ring for each training, and a line from the best to the worst of a dimension."""
    drawn = []
    for dimension, values in dots.items():
        x = across.place(dimension) or 0.0
        places = [y for y in map(up.place, values) if y is not None]
        if len(places) > 1:
            look = f'stroke="{palette.original}" stroke-width="1.5"'
            drawn.append(svg.line(x, min(places), x, max(places), look))
        drawn += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" fill="{palette.background}" '
            f'stroke="{palette.original}" stroke-width="2"/>'
            for y in places
        ]
    return "".join(drawn)


def _ends(chart: DimensionChart, up: Axis, palette: Palette) -> list[tuple[float, str, str]]:
    """The height, name and colour of what stands beside the chart."""
    ends = [(line.values[-1], line.name, line.colour) for line in chart.lines if line.values]
    ends += [
        (value, f"{name} {text.rounded(value)}", colour)
        for name, (value, colour) in chart.levels.items()
    ]
    if chart.dots:
        last = max(chart.dots)
        ends.append((max(chart.dots[last]), "separate trainings", "original"))
    placed = ((up.place(value), name, getattr(palette, colour)) for value, name, colour in ends)
    return [(y, name, colour) for y, name, colour in placed if y is not None]
