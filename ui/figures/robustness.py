"""A figure by the strength of a disturbance: lines with an interval at each strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aecore.evaluation.anomalies.detection import Estimate
from ui.base import text
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.axis import Axis, extent
from ui.figures.lines import BOTTOM, LEFT, TICK_HEIGHT, TOP, curve, names

WIDTH, HEIGHT = 860, 340
RIGHT = 240
NAME_LENGTH = 32
# Between the numbers of the axis and the first dots, in pixels, and between the last and the names.
INSET, NAMES_APART = 14, 8
# Half the width of an interval's ends, and how far lines stand apart, in pixels.
CAP, APART = 4, 3


@dataclass(frozen=True)
class Line:
    """Figures at the chart's strengths.

    Attributes:
        colour: as `#rrggbb`.
    """

    name: str
    figures: Sequence[Estimate]
    colour: str


@dataclass(frozen=True)
class RobustnessChart:
    """All that a chart over strengths shows.

    Attributes:
        unit: of the figures.
        counted: of the strengths.
        strengths: 0 first.
    """

    unit: str
    counted: str
    strengths: Sequence[float]
    lines: Sequence[Line]


def plot_robustness(chart: RobustnessChart, palette: Palette) -> str:
    """The chart as an SVG."""
    across = Axis(0.0, max(*chart.strengths, 1e-9), LEFT + INSET, WIDTH - RIGHT)
    up = _up(chart)
    ends = [(up.place(each.figures[-1].value), each.name, each.colour) for each in chart.lines]
    parts = [
        _grid(chart, across, up, palette),
        *(_line(chart, place, across, up) for place in range(len(chart.lines))),
        names(
            [(y, svg.shortened(name, NAME_LENGTH), colour) for y, name, colour in ends if y],
            across.stop + NAMES_APART,
            HEIGHT - BOTTOM,
        ),
    ]
    return svg.document("".join(parts), WIDTH, HEIGHT)


def describe_robustness(chart: RobustnessChart) -> str:
    """The chart in words, for those who do not see it."""
    said = [
        f"{line.name} from {text.rounded(line.figures[0].value)} to "
        f"{text.rounded(line.figures[-1].value)}"
        for line in chart.lines
    ]
    last = text.short(chart.strengths[-1])
    return f"{chart.unit} by strength, from 0 to {last} {chart.counted}: {'; '.join(said)}."


def _up(chart: RobustnessChart) -> Axis:
    held = [
        end
        for line in chart.lines
        for each in line.figures
        for end in (each.value, each.low, each.high)
    ]
    low, high = extent([end for end in held if end == end], log=False)
    return Axis(low, high, HEIGHT - BOTTOM, TOP)


def _grid(chart: RobustnessChart, across: Axis, up: Axis, palette: Palette) -> str:
    """Lines behind the curves; along the bottom stand the strengths that were tried."""
    drawn = [svg.text(chart.unit, 8, up.stop - 14, palette.muted)]
    for value in up.ticks(max(3, int((up.start - up.stop) // TICK_HEIGHT) + 1)):
        y = up.place(value) or 0.0
        drawn.append(svg.line(LEFT, y, across.stop, y, f'stroke="{palette.grid}"'))
        drawn.append(svg.text(text.short(value), LEFT - 8, y + 4, palette.muted, svg.END))
    for strength in chart.strengths:
        x = across.place(strength) or 0.0
        named = text.short(strength) if strength else "clean"
        drawn.append(svg.text(named, x, up.start + 18, palette.muted, svg.MIDDLE))
    middle = (across.start + across.stop) / 2
    drawn.append(svg.text(chart.counted, middle, up.start + 36, palette.muted, svg.MIDDLE))
    return "".join(drawn)


def _line(chart: RobustnessChart, place: int, across: Axis, up: Axis) -> str:
    line = chart.lines[place]
    # Intervals of several lines at one strength would hide each other.
    aside = (place - (len(chart.lines) - 1) / 2) * APART
    values = [each.value for each in line.figures]
    drawn = [svg.moved(curve(values, across, up, line.colour, chart.strengths), aside, 0)]
    look = f'stroke="{line.colour}" stroke-width="1.5"'
    for strength, each in zip(chart.strengths, line.figures, strict=True):
        x, low, high = across.place(strength), up.place(each.low), up.place(each.high)
        if x is None or low is None or high is None:
            continue
        x += aside
        drawn.append(svg.line(x, low, x, high, look))
        drawn += [svg.line(x - CAP, y, x + CAP, y, look) for y in (low, high)]
    return "".join(drawn)
