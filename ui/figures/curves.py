"""Loss by epoch, for training and held-out rows, with the yardsticks drawn in.

Yardsticks are reconstructions and nothing else. Where a loss has more parts, `drawn` is that of the
reconstruction alone, for the sum would stand above lines that it may have passed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from aecore.runs.run_view import RunView
from ui.base import text
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.axis import Axis, extent
from ui.figures.lines import BOTTOM, LEFT, RIGHT, TOP, curve, grid, names, thinned

HEIGHT = 215
# How much of its colour a curve of the run before keeps.
PALE = 0.35
# A yardstick further above the curve than this many times its height would flatten the curve.
IN_SIGHT = 1.6
# Of an entry of the legend: its mark, and its name with room after it.
MARK_WIDTH, LONGEST_NAME = 20, 72
YARDSTICKS = {
    "mean": "Mean",
    "median": "Median",
    "pca": "PCA",
    "entropy_floor": "Floor",
    "noisy_input": "Noisy",
}
LOSS, RECONSTRUCTION = "loss", "reconstruction"
CURVES = {"Training": "", "Validation": "val_"}


def plot_curves(
    view: RunView,
    unit: str,
    palette: Palette,
    width: int,
    *,
    log_scale: bool = False,
    drawn: str = LOSS,
    behind: RunView | None = None,
) -> str:
    """The curves of a run as an SVG; axes alone while there is no epoch yet.

    Args:
        unit: of the loss, for the axis.
        width: of the chart, in pixels.
        log_scale: whether the loss axis is logarithmic.
        drawn: what of the logs, `LOSS` or `RECONSTRUCTION`.
        behind: a run whose curves lie pale behind, as far as the axes go.
    """
    epochs, losses = epoch_axis(view, width), loss_axis(view, log_scale=log_scale, drawn=drawn)
    colours = (palette.train, palette.validation)
    parts = [
        grid(epochs, losses, unit, palette),
        _legend(width, colours, palette),
        _pale_curves(behind, drawn, epochs, losses, colours),
        _yardstick_lines(_lines_in_sight(view, drawn), epochs, losses, palette),
        *(
            curve(values, epochs, losses, colour)
            for values, colour in zip(_curves(view, drawn).values(), colours, strict=True)
        ),
    ]
    return svg.document("".join(parts), width, HEIGHT)


def _pale_curves(
    before: RunView | None, drawn: str, epochs: Axis, losses: Axis, colours: Sequence[str]
) -> str:
    if before is None:
        return ""
    lines = [
        curve([_inside(v, losses) for v in values[: int(epochs.high)]], epochs, losses, colour)
        for values, colour in zip(_curves(before, drawn).values(), colours, strict=True)
    ]
    return f'<g class="before" opacity="{PALE}"><title>The run before</title>{"".join(lines)}</g>'


def _inside(value: float, axis: Axis) -> float:
    """The value, or no number where it lies beyond the axis."""
    return value if axis.low <= value <= axis.high else math.nan


def readings(view: RunView, width: int, drawn: str = LOSS) -> list[list[Any]]:
    """What stands at each point of the curves, from left to right.

    Returns:
        For each point its place in pixels and then, as text, the epoch and the losses.
    """
    axis = epoch_axis(view, width)
    curves = _curves(view, drawn)
    return [
        [
            axis.place(i + 1),
            f"Epoch {text.count(i + 1)}",
            *(f"{n} {text.rounded(v[i], 4)}" for n, v in curves.items() if i < len(v)),
        ]
        for i in thinned(len(curves["Training"]))
    ]


def out_of_sight(view: RunView, drawn: str = LOSS) -> dict[str, float]:
    """The yardsticks too far above the curves to be drawn with them: name on screen -> value."""
    near = _lines_in_sight(view, drawn)
    return {YARDSTICKS[name]: v for name, v in _yardsticks(view).items() if name not in near}


def describe_curves(view: RunView, drawn: str = LOSS) -> str:
    """The chart in words, for those who do not see it."""
    if not view.epochs_done:
        return "Loss by epoch; no epoch has ended yet."
    latest = _curves(view, drawn).items()
    losses = [f"{name.lower()} {text.rounded(v[-1], 4)}" for name, v in latest if v]
    marks = [f"{YARDSTICKS[n].lower()} {text.rounded(v, 4)}" for n, v in _yardsticks(view).items()]
    which = ", its reconstruction alone" if drawn == RECONSTRUCTION else ""
    return f"Loss after epoch {view.epochs_done}{which}: {', '.join(losses + marks)}."


def epoch_axis(view: RunView, width: int) -> Axis:
    """From the first epoch to the last planned one; to the last done once the run has ended."""
    last = view.epochs_done if view.ended else max(view.epochs_planned, view.epochs_done)
    return Axis(1 if last > 1 else 0, max(last, 2), LEFT, width - RIGHT)


def loss_axis(view: RunView, *, log_scale: bool, drawn: str = LOSS) -> Axis:
    """Round ends around both curves and the yardsticks drawn with them."""
    held = [*_losses(view, drawn), *_lines_in_sight(view, drawn).values()]
    low, high = extent(held, log=log_scale)
    return Axis(low, high, HEIGHT - BOTTOM, TOP, log=log_scale)


def _curves(view: RunView, drawn: str) -> dict[str, list[float]]:
    """Name on screen -> values, one an epoch."""
    return {name: view.history.get(prefix + drawn, []) for name, prefix in CURVES.items()}


def _losses(view: RunView, drawn: str) -> list[float]:
    curves = _curves(view, drawn).values()
    return [value for values in curves for value in values if math.isfinite(value)]


def _yardsticks(view: RunView) -> dict[str, float]:
    values = view.yardsticks["values"] if view.yardsticks else {}
    return {n: v for n, v in values.items() if n in YARDSTICKS and math.isfinite(v)}


def _lines_in_sight(view: RunView, drawn: str) -> dict[str, float]:
    """The yardsticks that leave room for the curves."""
    losses, marks = _losses(view, drawn), _yardsticks(view)
    if not losses:
        return marks
    limit = IN_SIGHT * max(losses)
    return {name: value for name, value in marks.items() if value <= limit}


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
    drawn, ends = [], []
    for name, value in lines.items():
        y = losses.place(value)
        if y is None:
            continue
        look = f'stroke="{colours[name]}" stroke-width="1.5" stroke-dasharray="6 4"'
        drawn.append((y, svg.line(epochs.start, y, epochs.stop, y, look)))
        ends.append((y, f"{YARDSTICKS[name]} {text.rounded(value)}", colours[name]))
    drawn.sort()
    named = names(ends, epochs.stop, HEIGHT - BOTTOM)
    return "".join(line for _, line in drawn) + named
