"""Charts of series beside their reconstructions, and of the error by step."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from aecore.evaluation.anomalies.stretches import Stretch
from aecore.evaluation.reconstruction import telling_steps
from ui.base.theme import Palette, plotly_layout
from ui.figures.svg import shortened

# Of one channel, and of each where there are several.
TALL, LOW = 150, 84
GAP_HEIGHT = 30
MARGIN = {"l": 52, "r": 8, "t": 54, "b": 44}
# Over the plots; otherwise a filled trace would be named before the one that it is filled to.
LEGEND = {
    "orientation": "h",
    "x": 0,
    "y": 1,
    "yanchor": "top",
    "yref": "container",
    "traceorder": "normal",
}
STEP_ERRORS_HEIGHT = 240
# Points that a chart of this width can show apart.
MAX_POINTS = 500
LETTERS = 40
# With fewer, an axis by itself would count in halves.
FEW_STEPS = 8


def plot_series(
    original: np.ndarray, reconstruction: np.ndarray, names: Sequence[str], palette: Palette
) -> go.Figure:
    """One plot a channel under each other: the original, its reconstruction, the gap shaded.

    Both are (steps, channels) in scaled units. Of more than `MAX_POINTS` steps those are drawn
    that differ most from their original.
    """
    figure = _rows(names, palette)
    if len(original) < FEW_STEPS:
        figure.update_xaxes(dtick=1)
    for channel in range(len(names)):
        before, after = original[:, channel], reconstruction[:, channel]
        steps = telling_steps(before, after, MAX_POINTS)
        for trace in _pair(steps, before[steps], after[steps], palette):
            trace.showlegend = channel == 0
            figure.add_trace(trace, row=channel + 1, col=1)
    return figure


def plot_odd_series(
    pair: tuple[np.ndarray, np.ndarray],
    beside: str,
    names: Sequence[str],
    stretches: Sequence[Stretch],
    palette: Palette,
) -> go.Figure:
    """The channels of some stretches as `plot_series` draws them, each stretch marked.

    Args:
        pair: the original and what it stands beside, (steps, channels) each.
        beside: what the latter is called.
    """
    channels = [stretch.channel for stretch in stretches]
    chosen = [names[channel] for channel in channels]
    original, other = (each[:, channels] for each in pair)
    figure = plot_series(original, other, chosen, palette)
    figure.for_each_trace(lambda trace: trace.update(name=beside), {"name": "reconstruction"})
    for row, stretch in enumerate(stretches, start=1):
        figure.add_vrect(
            x0=stretch.start + 0.5,
            x1=stretch.end + 0.5,
            row=row,
            col=1,
            fillcolor=palette.positive,
            opacity=0.18,
            line={"color": palette.positive, "width": 1},
        )
    return figure


def plot_step_errors(errors: np.ndarray, palette: Palette) -> go.Figure:
    """The mean error of all series at each step, errors: (steps,)."""
    figure = go.Figure(layout={**plotly_layout(palette), "height": STEP_ERRORS_HEIGHT})
    figure.update_layout(dragmode=False)
    figure.update_xaxes(title_text="Step")
    figure.update_yaxes(title_text="MSE", rangemode="tozero", automargin=True)
    figure.add_scatter(
        x=np.arange(1, len(errors) + 1),
        y=errors,
        mode="lines" if len(errors) > 1 else "markers",
        line={"color": palette.reconstruction, "width": 1.5},
        hovertemplate="step %{x}<br>error %{y:.3g}<extra></extra>",
    )
    return figure


def _rows(names: Sequence[str], palette: Palette) -> go.Figure:
    """Empty plots, each with its channel's name over it, on one axis of steps."""
    count = len(names)
    inner = count * (TALL if count == 1 else LOW) + (count - 1) * GAP_HEIGHT
    figure = make_subplots(
        rows=count,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=GAP_HEIGHT / inner if count > 1 else 0,
        subplot_titles=[html.escape(shortened(name, LETTERS)) for name in names],
    )
    base = plotly_layout(palette)
    figure.update_layout(
        {name: value for name, value in base.items() if name not in ("xaxis", "yaxis")},
        height=inner + MARGIN["t"] + MARGIN["b"],
        margin=MARGIN,
        dragmode=False,
        hovermode="x unified",
        legend={**LEGEND, "font": {"color": palette.text}},
    )
    figure.update_annotations(x=0, xanchor="left", font={"size": 13, "color": palette.text})
    figure.update_xaxes(base["xaxis"])
    figure.update_yaxes(base["yaxis"], nticks=4)
    figure.update_xaxes(title={**base["xaxis"]["title"], "text": "Step"}, row=count, col=1)
    return figure


def _pair(
    steps: np.ndarray, original: np.ndarray, reconstruction: np.ndarray, palette: Palette
) -> tuple[Any, Any]:
    # A single step is no line, so it is a point.
    shared = {
        "x": steps + 1,
        "mode": "lines" if len(steps) > 1 else "markers",
        "hovertemplate": "%{y:.3f}",
    }
    before = go.Scatter(
        y=original,
        name="original",
        line={"color": palette.original, "width": 2.5},
        marker={"symbol": "circle-open", "size": 11, "line": {"width": 2}},
        **shared,
    )
    after = go.Scatter(
        y=reconstruction,
        name="reconstruction",
        line={"color": palette.reconstruction, "width": 1.5},
        fill="tonexty" if len(steps) > 1 else None,
        fillcolor=_pale(palette.positive),
        **shared,
    )
    return before, after


def _pale(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.3)"
