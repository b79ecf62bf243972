"""Loss by epoch, for training and held-out rows, with the yardsticks drawn in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from aecore.runs.run_view import RunView
from ui.base import text
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.axis import Axis, extent

HEIGHT = 300
LEFT, RIGHT, TOP, BOTTOM = 56, 96, 44, 44
# Longer curves are thinned to this many points; a chart is no wider in pixels that matter.
MOST_POINTS = 400
# A curve of no more points than this shows each of them.
FEW_POINTS = 30
# A yardstick further above the curve than this many times its height would flatten the curve.
IN_SIGHT = 1.6
# Names of lines nearer than this, in pixels, would write over each other.
NAME_HEIGHT = 15
TICK_WIDTH = 70
# Of an entry of the legend: its mark, and its name with room after it.
MARK_WIDTH, LONGEST_NAME = 20, 72
YARDSTICKS = {
    "mean": "Mean",
    "median": "Median",
    "pca": "PCA",
    "entropy_floor": "Floor",
    "noisy_input": "Noisy",
}
CURVES = {"Training": "loss", "Validation": "val_loss"}


def plot_curves(
    view: RunView, unit: str, palette: Palette, width: int, *, log_scale: bool = False
) -> str:
    """The curves of a run as an SVG; axes alone while there is no epoch yet.

    Args:
        unit: of the loss, for the axis.
        width: of the chart, in pixels.
        log_scale: whether the loss axis is logarithmic.
    """
    epochs, losses = epoch_axis(view, width), loss_axis(view, log_scale=log_scale)
    colours = (palette.train, palette.validation)
    drawn = [
        _grid(epochs, losses, unit, palette),
        _legend(width, colours, palette),
        _yardstick_lines(_lines_in_sight(view), epochs, losses, palette),
        *(
            _curve(view.history.get(log, []), epochs, losses, colour)
            for log, colour in zip(CURVES.values(), colours, strict=True)
        ),
    ]
    return svg.document("".join(drawn), width, HEIGHT)


def readings(view: RunView, width: int) -> list[list[Any]]:
    """What stands at each point of the curves, from left to right.

    Returns:
        For each point its place in pixels and then, as text, the epoch and the losses.
    """
    axis = epoch_axis(view, width)
    curves = {name: view.history.get(log, []) for name, log in CURVES.items()}
    return [
        [
            axis.place(i + 1),
            f"Epoch {text.count(i + 1)}",
            *(f"{n} {text.rounded(v[i], 4)}" for n, v in curves.items() if i < len(v)),
        ]
        for i in _thinned(len(curves["Training"]))
    ]


def out_of_sight(view: RunView) -> dict[str, float]:
    """The yardsticks too far above the curves to be drawn with them: name on screen -> value."""
    drawn = _lines_in_sight(view)
    return {YARDSTICKS[name]: v for name, v in _yardsticks(view).items() if name not in drawn}


def describe_curves(view: RunView) -> str:
    """The chart in words, for those who do not see it."""
    if not view.epochs_done:
        return "Loss by epoch; no epoch has ended yet."
    latest = {name.lower(): view.history.get(log, []) for name, log in CURVES.items()}
    losses = [f"{name} {text.rounded(v[-1], 4)}" for name, v in latest.items() if v]
    marks = [f"{YARDSTICKS[n].lower()} {text.rounded(v, 4)}" for n, v in _yardsticks(view).items()]
    return f"Loss after epoch {view.epochs_done}: {', '.join(losses + marks)}."


def epoch_axis(view: RunView, width: int) -> Axis:
    """From the first epoch to the last planned one; to the last done once the run has ended."""
    last = view.epochs_done if view.ended else max(view.epochs_planned, view.epochs_done)
    return Axis(1 if last > 1 else 0, max(last, 2), LEFT, width - RIGHT)


def loss_axis(view: RunView, *, log_scale: bool) -> Axis:
    """Round ends around both curves and the yardsticks drawn with them."""
    low, high = extent([*_losses(view), *_lines_in_sight(view).values()], log=log_scale)
    return Axis(low, high, HEIGHT - BOTTOM, TOP, log=log_scale)


def _thinned(length: int) -> list[int]:
    """Evenly spread positions, the first and last among them."""
    if length <= MOST_POINTS:
        return list(range(length))
    step = (length - 1) / (MOST_POINTS - 1)
    return sorted({round(i * step) for i in range(MOST_POINTS)})


def _losses(view: RunView) -> list[float]:
    curves = (view.history.get(log, []) for log in CURVES.values())
    return [value for curve in curves for value in curve if math.isfinite(value)]


def _yardsticks(view: RunView) -> dict[str, float]:
    values = view.yardsticks["values"] if view.yardsticks else {}
    return {n: v for n, v in values.items() if n in YARDSTICKS and math.isfinite(v)}


def _lines_in_sight(view: RunView) -> dict[str, float]:
    """The yardsticks that leave room for the curves."""
    losses, marks = _losses(view), _yardsticks(view)
    if not losses:
        return marks
    limit = IN_SIGHT * max(losses)
    return {name: value for name, value in marks.items() if value <= limit}


def _curve(values: Sequence[float], epochs: Axis, losses: Axis, colour: str) -> str:
    """A line through the epochs that have a number, with a gap where one has none."""
    places = [(epochs.place(i + 1), losses.place(values[i])) for i in _thinned(len(values))]
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


def _grid(epochs: Axis, losses: Axis, unit: str, palette: Palette) -> str:
    """The lines behind the curves, with their numbers and what these count."""
    drawn = [svg.text(unit, 8, TOP - 14, palette.muted)]
    for value in losses.ticks(7):
        y = losses.place(value) or 0.0
        drawn.append(svg.line(epochs.start, y, epochs.stop, y, f'stroke="{palette.grid}"'))
        drawn.append(svg.text(f"{value:g}", LEFT - 8, y + 4, palette.muted, svg.END))
    most = max(2, int((epochs.stop - epochs.start) // TICK_WIDTH))
    for value in epochs.ticks(most, whole=True):
        x = epochs.place(value) or 0.0
        drawn.append(svg.text(f"{value:,.0f}", x, HEIGHT - BOTTOM + 18, palette.muted, svg.MIDDLE))
    middle = (epochs.start + epochs.stop) / 2
    drawn.append(svg.text("epoch", middle, HEIGHT - 8, palette.muted, svg.MIDDLE))
    return "".join(drawn)


def _legend(width: int, colours: Sequence[str], palette: Palette) -> str:
    entry = MARK_WIDTH + 6 + LONGEST_NAME
    drawn, x = [], float(width - len(CURVES) * entry)
    for name, colour in zip(CURVES, colours, strict=True):
        look = f'stroke="{colour}" stroke-width="2"'
        drawn.append(svg.line(x, 10, x + MARK_WIDTH, 10, look))
        drawn.append(f'<circle cx="{x + MARK_WIDTH / 2:.1f}" cy="10" r="3.5" fill="{colour}"/>')
        drawn.append(svg.text(name, x + MARK_WIDTH + 6, 14, palette.text))
        x += entry
    return "".join(drawn)


def _yardstick_lines(lines: dict[str, float], epochs: Axis, losses: Axis, palette: Palette) -> str:
    """A dashed line for each yardstick, named at its end; names of near lines move apart."""
    colours = {
        "mean": palette.mean,
        "median": palette.mean,
        "pca": palette.yardstick,
        "entropy_floor": palette.floor,
        "noisy_input": palette.classes[2],
    }
    placed = {name: losses.place(value) for name, value in lines.items()}
    shown = sorted((y, name) for name, y in placed.items() if y is not None)
    drawn = []
    for (y, name), at in zip(shown, _spread([y for y, _ in shown]), strict=True):
        look = f'stroke="{colours[name]}" stroke-width="1.5" stroke-dasharray="6 4"'
        drawn.append(svg.line(epochs.start, y, epochs.stop, y, look))
        label = f"{YARDSTICKS[name]} {text.rounded(lines[name])}"
        drawn.append(svg.text(label, epochs.stop + 6, at + 4, colours[name]))
    return "".join(drawn)


def _spread(places: Sequence[float]) -> list[float]:
    """Ascending places moved apart until names fit between them, as little as that takes."""
    spread: list[float] = []
    for y in places:
        spread.append(max(y, spread[-1] + NAME_HEIGHT) if spread else y)
    excess = (spread[-1] - (HEIGHT - BOTTOM)) if spread else 0.0
    for i in reversed(range(len(spread))):
        limit = HEIGHT - BOTTOM if i + 1 == len(spread) else spread[i + 1] - NAME_HEIGHT
        spread[i] = min(spread[i], limit) if excess > 0 else spread[i]
    return spread
