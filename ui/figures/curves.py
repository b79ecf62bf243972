"""Loss by epoch, for training and held-out rows, with the yardsticks drawn in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from aecore.training.events import RunView
from ui import text
from ui.theme import Palette

HEIGHT = 300
# Longer curves are thinned to this many points; a chart is no wider in pixels that matter.
MOST_POINTS = 400
# A yardstick further above the curve than this many times its height would flatten the curve.
IN_SIGHT = 1.6
# What a label takes of the axis; labels of nearer lines would write over each other.
LABEL_SHARE = 0.08
YARDSTICKS = {"mean": "Mean", "pca": "PCA", "entropy_floor": "Floor", "noisy_input": "Noisy"}

Spec = dict[str, Any]


def plot_curves(view: RunView, unit: str, palette: Palette, *, log_scale: bool = False) -> Spec:
    """The curves of a run as an ECharts option; axes alone while there is no epoch yet.

    Args:
        unit: of the loss, for the axis.
        log_scale: whether the loss axis is logarithmic.
    """
    curves = [
        _curve("Training", view.history.get("loss", []), palette.train),
        _curve("Validation", view.history.get("val_loss", []), palette.validation),
    ]
    lines = _lines_in_sight(view)
    low, high = _extent(_losses(view) + list(lines.values()), log_scale)
    curves[0]["markLine"] = _mark_lines(lines, LABEL_SHARE * (high - low), palette)
    return {
        # Every frame of an animation would take processor time from the training it shows.
        "animation": False,
        "grid": {
            "left": 52,
            "right": 92,
            "top": 44,
            "bottom": 44,
            "outerBoundsMode": "none",
        },
        "legend": {"top": 0, "right": 8, "data": ["Training", "Validation"]},
        "tooltip": {"trigger": "axis", "valueFormatter": "%.5f"},
        "xAxis": _epoch_axis(view, palette),
        "yAxis": _loss_axis(low, high, unit, log_scale, palette),
        "series": curves,
    }


def out_of_sight(view: RunView) -> dict[str, float]:
    """The yardsticks too far above the curves to be drawn with them: name on screen -> value."""
    drawn = _lines_in_sight(view)
    return {YARDSTICKS[name]: v for name, v in _yardsticks(view).items() if name not in drawn}


def describe_curves(view: RunView) -> str:
    """The chart in words, for those who do not see it."""
    if not view.epochs_done:
        return "Loss by epoch; no epoch has ended yet."
    latest = {
        "training": view.history.get("loss", []),
        "validation": view.history.get("val_loss", []),
    }
    losses = [f"{name} {text.figure(v[-1], 4)}" for name, v in latest.items() if v]
    marks = [f"{YARDSTICKS[n].lower()} {text.figure(v, 4)}" for n, v in _yardsticks(view).items()]
    return f"Loss after epoch {view.epochs_done}: {', '.join(losses + marks)}."


def _curve(name: str, values: Sequence[float], colour: str) -> Spec:
    return {
        "name": name,
        "type": "line",
        "data": [[i + 1, _number(values[i])] for i in _thinned(len(values))],
        "symbol": "circle",
        "symbolSize": 5,
        "showSymbol": len(values) <= 30,
        "lineStyle": {"color": colour, "width": 2},
        "itemStyle": {"color": colour},
        "emphasis": {"disabled": True},
    }


def _thinned(length: int) -> list[int]:
    """Evenly spread positions, the first and last among them."""
    if length <= MOST_POINTS:
        return list(range(length))
    step = (length - 1) / (MOST_POINTS - 1)
    return sorted({round(i * step) for i in range(MOST_POINTS)})


def _number(value: float) -> float | None:
    """ECharts leaves a gap where there is no number."""
    return value if math.isfinite(value) else None


def _losses(view: RunView) -> list[float]:
    curves = (view.history.get("loss", []), view.history.get("val_loss", []))
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


def _extent(values: Sequence[float], log_scale: bool) -> tuple[float, float]:
    """Ends of the loss axis: round numbers around all that is drawn, so that they seldom move."""
    if not values:
        return (0.01, 1.0) if log_scale else (0.0, 1.0)
    low, high = min(values), max(values)
    if log_scale:
        positive = [value for value in values if value > 0] or [1e-6]
        return _round_down(min(positive)), _round_up(max(*positive, 1e-6))
    step = _round_up((high - low) / 5 or high / 5 or 1.0)
    floor, ceiling = math.floor(low / step) * step, math.ceil(high / step) * step
    return (0.0 if 0 <= floor <= step else float(f"{floor:.6g}")), float(f"{ceiling:.6g}")


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(d * power for d in (1, 2, 5, 10) if value <= d * power * (1 + 1e-9))


def _round_down(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(d * power for d in (5, 2, 1) if value >= d * power * (1 - 1e-9))


def _epoch_axis(view: RunView, palette: Palette) -> Spec:
    last = view.epochs_done if view.ended else max(view.epochs_planned, view.epochs_done)
    return {
        "type": "value",
        "name": "epoch",
        "nameLocation": "middle",
        "nameGap": 26,
        "nameTextStyle": {"color": palette.muted},
        "min": 1 if last > 1 else 0,
        "max": max(last, 2),
        "minInterval": 1,
        "splitLine": {"show": False},
        "axisLine": {"lineStyle": {"color": palette.grid}},
        "axisLabel": {"color": palette.muted},
    }


def _loss_axis(low: float, high: float, unit: str, log_scale: bool, palette: Palette) -> Spec:
    return {
        "type": "log" if log_scale else "value",
        "name": unit,
        "nameLocation": "end",
        "nameTextStyle": {"color": palette.muted, "align": "left", "padding": [0, 0, 6, -44]},
        "min": low,
        "max": high,
        "splitLine": {"lineStyle": {"color": palette.grid}},
        "axisLabel": {"color": palette.muted},
    }


def _mark_lines(lines: dict[str, float], span: float, palette: Palette) -> Spec:
    """A horizontal line for each yardstick, labelled at its end; close labels move apart."""
    colours = {
        "mean": palette.mean,
        "pca": palette.yardstick,
        "entropy_floor": palette.floor,
        "noisy_input": palette.negative,
    }
    ascending = sorted(lines.items(), key=lambda item: item[1])
    values = [value for _, value in ascending]
    return {
        "symbol": "none",
        "silent": True,
        "animation": False,
        "data": [
            {
                "yAxis": value,
                "name": f"{YARDSTICKS[name]} {text.figure(value)}",
                "lineStyle": {"color": colours[name], "type": [6, 4], "width": 1.5},
                "label": {
                    "formatter": "{b}",
                    "position": "end",
                    "verticalAlign": _side(i, values, span),
                    "color": colours[name],
                },
            }
            for i, (name, value) in enumerate(ascending)
        ],
    }


def _side(i: int, values: Sequence[float], span: float) -> str:
    """Where a label's text lies: beside its line, or away from a neighbour that is too close."""
    if i + 1 < len(values) and values[i + 1] - values[i] < span:
        return "top"
    return "bottom" if i and values[i] - values[i - 1] < span else "middle"
