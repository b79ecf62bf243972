"""How well probes do by each side: a dot with its interval in a row of its own, beside chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aecore.evaluation.anomalies.detection import Estimate
from ui.base import text
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.axis import Axis, extent

WIDTH = 860
LEFT, RIGHT, TOP, BOTTOM = 210, 90, 26, 40
ROW, HEAD = 26, 30
RADIUS = 5.5
TICKS = 6


@dataclass(frozen=True)
class Mark:
    """One row.

    Attributes:
        colour: name of a colour of the palette.
    """

    name: str
    figure: Estimate
    colour: str


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    title: str
    marks: Sequence[Mark]


def plot_scores(
    groups: Sequence[Group], unit: str, chance: Estimate | None, palette: Palette
) -> str:
    """The rows as an SVG, with chance as a dashed line through all of them."""
    height = _height(groups)
    across = _across(groups, chance)
    parts = [_grid(across, unit, height, palette), _chance(chance, across, height, palette)]
    y = float(TOP)
    for group in groups:
        y += HEAD
        parts.append(svg.text(group.title, 8, y - 8, palette.text, 'font-weight="600"'))
        for mark in group.marks:
            parts.append(_row(mark, across, y + ROW / 2, palette))
            y += ROW
    return svg.document("".join(parts), WIDTH, height)


def describe_scores(groups: Sequence[Group], unit: str, chance: Estimate | None) -> str:
    """The same in words, for those who do not see it."""
    said = [
        f"{group.title}: "
        + ", ".join(f"{mark.name} {text.rounded(mark.figure.value)}" for mark in group.marks)
        for group in groups
    ]
    if chance is not None:
        said.append(f"chance {text.rounded(chance.value)}")
    return f"{unit}. {'; '.join(said)}."


def _height(groups: Sequence[Group]) -> int:
    return TOP + BOTTOM + sum(HEAD + ROW * len(group.marks) for group in groups)


def _across(groups: Sequence[Group], chance: Estimate | None) -> Axis:
    figures = [mark.figure for group in groups for mark in group.marks]
    ends = [end for each in figures for end in (each.value, each.low, each.high)]
    ends += [] if chance is None else [chance.value]
    low, high = extent([end for end in ends if end == end], log=False)
    return Axis(low, high, LEFT, WIDTH - RIGHT)


def _grid(across: Axis, unit: str, height: int, palette: Palette) -> str:
    foot = height - BOTTOM
    drawn = []
    for value in across.ticks(TICKS):
        x = across.place(value) or 0.0
        drawn.append(svg.line(x, TOP, x, foot, f'stroke="{palette.grid}"'))
        drawn.append(svg.text(text.short(value), x, foot + 18, palette.muted, svg.MIDDLE))
    middle = (across.start + across.stop) / 2
    drawn.append(svg.text(unit, middle, foot + 35, palette.muted, svg.MIDDLE))
    return "".join(drawn)


def _chance(chance: Estimate | None, across: Axis, height: int, palette: Palette) -> str:
    x = None if chance is None else across.place(chance.value)
    if x is None:
        return ""
    look = f'stroke="{palette.mean}" stroke-width="1.5" stroke-dasharray="6 4"'
    drawn = svg.line(x, TOP, x, height - BOTTOM, look)
    return drawn + svg.text("chance", x, TOP - 8, palette.mean, svg.MIDDLE)


def _row(mark: Mark, across: Axis, y: float, palette: Palette) -> str:
    colour = getattr(palette, mark.colour)
    drawn = svg.text(mark.name, LEFT - 12, y + 4, palette.text, svg.END)
    low, here, high = (
        across.place(value) for value in (mark.figure.low, mark.figure.value, mark.figure.high)
    )
    if low is not None and high is not None:
        drawn += svg.line(low, y, high, y, f'stroke="{colour}" stroke-width="3"')
    if here is not None:
        drawn += f'<circle cx="{here:.1f}" cy="{y:.1f}" r="{RADIUS}" fill="{colour}"/>'
    return drawn + svg.text(f"{mark.figure.value:.2f}", across.stop + 14, y + 4, palette.text)
