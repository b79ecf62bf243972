"""One number of a code: the spread of its values, what it moves, and small lines in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ui.base.text import rounded
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.pictures import coloured

SPREAD_WIDTH, SPREAD_HEIGHT = 300, 104
FOOT = 20
MOVES_WIDTH, MOVES_HEIGHT = 640, 150
CHANGES_WIDTH, CHANGE_ROW = 640, 24
NAME_WIDTH, VALUES_WIDTH = 230, 190
NAME_LETTERS = 32
PANEL_WIDTH, PANEL_HEIGHT, PANEL_GAP = 104, 46, 8
MOST_POINTS = 160


@dataclass(frozen=True)
class Change:
    """What a unit changes in one column or term.

    Attributes:
        amount: signed, in scaled units, as the unit goes from low to high.
        low, high: the value at either end, in the data's own units.
    """

    name: str
    amount: float
    low: float
    high: float


def plot_unit_spread(counts: np.ndarray, edges: np.ndarray, palette: Palette) -> str:
    """Bars over the values that a unit takes, with the ends of these, as an SVG."""
    foot, most = SPREAD_HEIGHT - FOOT, float(counts.max()) or 1.0
    wide = SPREAD_WIDTH / len(counts)
    bars = [
        svg.box(
            place * wide,
            foot - each / most * (foot - 4),
            max(1.0, wide - 1),
            each / most * (foot - 4),
            f'fill="{palette.code}"',
        )
        for place, each in enumerate(counts.tolist())
        if each
    ]
    axis = svg.line(0, foot, SPREAD_WIDTH, foot, f'stroke="{palette.grid}"')
    low, high = rounded(float(edges[0])), rounded(float(edges[-1]))
    ends = svg.text(low, 0, SPREAD_HEIGHT - 5, palette.muted)
    ends += svg.text(high, SPREAD_WIDTH, SPREAD_HEIGHT - 5, palette.muted, svg.END)
    return svg.document("".join([axis, *bars, ends]), SPREAD_WIDTH, SPREAD_HEIGHT)


def plot_moves(lines: np.ndarray, palette: Palette) -> str:
    """Lines (steps of the unit, steps of the series) from low to high, over each other."""
    values = _thinned(np.nan_to_num(lines))
    low, span = float(values.min()), float(np.ptp(values)) or 1.0
    colours = coloured(np.linspace(0.25, 1, len(values)), palette.sequential)
    drawn = [
        _line(row, (low, span), (0.0, 0.0), (MOVES_WIDTH, MOVES_HEIGHT), _hex(colour))
        for row, colour in zip(values, colours, strict=True)
    ]
    return svg.document("".join(drawn), MOVES_WIDTH, MOVES_HEIGHT)


def plot_changes(changes: Sequence[Change], palette: Palette) -> str:
    """A bar for what changes in each column, left for less and right for more, with both values."""
    most = max((abs(each.amount) for each in changes), default=0.0) or 1.0
    middle = NAME_WIDTH + (CHANGES_WIDTH - NAME_WIDTH - VALUES_WIDTH) / 2
    reach = (CHANGES_WIDTH - NAME_WIDTH - VALUES_WIDTH) / 2 - 6
    drawn = []
    for place, each in enumerate(changes):
        y = place * CHANGE_ROW
        wide = abs(each.amount) / most * reach
        colour = palette.positive if each.amount > 0 else palette.negative
        left = middle if each.amount > 0 else middle - wide
        name = svg.shortened(each.name, NAME_LETTERS)
        drawn.append(svg.text(name, NAME_WIDTH - 10, y + 17, palette.text, svg.END))
        drawn.append(svg.box(left, y + 6, max(1.0, wide), 13, f'fill="{colour}"'))
        ends = f"{rounded(each.low)} → {rounded(each.high)}"
        drawn.append(svg.text(ends, CHANGES_WIDTH, y + 17, palette.muted, svg.END))
    foot = len(changes) * CHANGE_ROW
    drawn.append(svg.line(middle, 2, middle, foot, f'stroke="{palette.grid}"'))
    return svg.document("".join(drawn), CHANGES_WIDTH, max(foot, CHANGE_ROW))


def plot_panels(lines: np.ndarray, colour: str, a_row: int = 8) -> str:
    """Small lines (n, steps), each over its own range, in rows."""
    values = _thinned(np.nan_to_num(lines))
    drawn = []
    for place, row in enumerate(values):
        x = place % a_row * (PANEL_WIDTH + PANEL_GAP)
        y = place // a_row * (PANEL_HEIGHT + PANEL_GAP)
        span = float(np.ptp(row)) or 1.0
        size = (PANEL_WIDTH, PANEL_HEIGHT)
        drawn.append(_line(row, (float(row.min()), span), (x, y), size, colour))
    width, height = panels_size(len(values), a_row)
    return svg.document("".join(drawn), width, height)


def panels_size(count: int, a_row: int = 8) -> tuple[int, int]:
    """Width and height of so many panels, in pixels."""
    rows, across = -(-count // a_row), min(count, a_row)
    return (
        max(1, across * (PANEL_WIDTH + PANEL_GAP) - PANEL_GAP),
        max(1, rows * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP),
    )


def _thinned(lines: np.ndarray) -> np.ndarray:
    return np.asarray(lines[:, :: max(1, lines.shape[1] // MOST_POINTS)], np.float64)


def _line(
    values: np.ndarray,
    span: tuple[float, float],
    corner: tuple[float, float],
    size: tuple[int, int],
    colour: str,
) -> str:
    across = corner[0] + np.linspace(2, size[0] - 2, len(values))
    down = corner[1] + 2 + (size[1] - 4) * (1 - (values - span[0]) / span[1])
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6"/>'


def _hex(colour: np.ndarray) -> str:
    return "#" + bytes(colour.tolist()).hex()
