"""Charts of reconstruction errors: their spread, and the deviations of one row."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go

from aecore.evaluation.reconstruction import Histogram
from ui.base.text import rounded
from ui.base.theme import Palette, plotly_layout

HISTOGRAM_HEIGHT = 320
ROW_HEIGHT = 22
AXES_HEIGHT = 110
LINE_HEIGHT = 20
MAX_FEATURES = 30
RAW_WIDTH, LETTER_WIDTH = 130, 7
# Beyond 15 digits a number of 64 bits has none.
FEWEST_DIGITS, MOST_DIGITS = 4, 15


def plot_error_histogram(spread: Histogram, yardstick: float | None, palette: Palette) -> go.Figure:
    """Bars of sample counts by error, with lines at the mean and at PCA's error where known.

    A box selects bars. Each bar's `customdata` is its bin.
    """
    figure = go.Figure(layout=_layout(palette, HISTOGRAM_HEIGHT))
    figure.update_layout(
        margin={"t": 2 * LINE_HEIGHT + 8},
        dragmode="select",
        selectdirection="h",
    )
    figure.update_xaxes(title="MSE of a sample (squared scaled units)")
    figure.update_yaxes(title="Samples", rangemode="tozero")
    if not len(spread.counts):
        return figure
    edges = spread.edges
    figure.add_bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=spread.counts,
        width=np.diff(edges),
        customdata=np.arange(len(spread.counts)),
        hovertext=[
            f"error {rounded(low)} to {rounded(high)}" for low, high in pairwise(edges.tolist())
        ],
        hovertemplate="%{y} samples<br>%{hovertext}<extra></extra>",
        marker={"color": palette.reconstruction, "line": {"width": 0}},
    )
    _mark(figure, spread.mean, "mean", palette.text, "solid", line=0)
    if yardstick is not None:
        _mark(figure, yardstick, "PCA’s mean", palette.yardstick, "dash", line=1)
    return figure


def plot_features(
    original: np.ndarray,
    reconstruction: np.ndarray,
    raw: tuple[np.ndarray, np.ndarray],
    names: tuple[str, ...],
    palette: Palette,
) -> go.Figure:
    """One row a feature: a dot for the original, one for the reconstruction, joined.

    Both are (features,) in scaled units, in which rows can be compared; `raw` is both in the data's
    own units, written beside each row. The largest deviation comes first, the smallest beyond
    `MAX_FEATURES` are left out.
    """
    steps = _steps(np.array([original, reconstruction]), np.array(raw))
    order = np.argsort(np.abs(reconstruction - original), kind="stable")[-MAX_FEATURES:]
    labels = [html.escape(names[i]) for i in order]
    figure = go.Figure(layout=_layout(palette, AXES_HEIGHT + ROW_HEIGHT * max(1, len(order))))
    # In a narrow card all of these must do with less width than they ask for.
    figure.update_xaxes(title="Value (scaled units)", zeroline=True, nticks=5, tickangle=0)
    figure.update_yaxes(automargin=True, type="category", showgrid=False)
    figure.update_layout(showlegend=False)
    figure.add_scatter(
        **_joined(original[order], reconstruction[order], labels),
        mode="lines",
        line={"color": palette.grid, "width": 4},
        hoverinfo="skip",
    )
    texts = [
        [in_own_units(value, steps[i]) for value, i in zip(own[order], order, strict=True)]
        for own in raw
    ]
    for values, own, name, colour, symbol in (
        (original, texts[0], "original", palette.original, "circle-open"),
        (reconstruction, texts[1], "reconstruction", palette.reconstruction, "circle"),
    ):
        figure.add_scatter(
            x=values[order],
            y=labels,
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": 10, "line": {"width": 2}},
            customdata=own,
            hovertemplate="%{y}<br>" + name + " %{customdata} (scaled %{x:.3f})<extra></extra>",
        )
    _write_beside(figure, texts, palette)
    return figure


def in_own_units(value: float, step: float) -> str:
    """A value with as many digits as show a thousandth of a step, four at least.

    Args:
        step: what one scaled unit is in the data's own units; 0 where that is not known.
    """
    larger = abs(value) / abs(step) if step else 1.0
    more = math.ceil(math.log10(min(larger, 10.0**MOST_DIGITS))) if larger > 1 else 0
    return f"{value:.{min(FEWEST_DIGITS + more, MOST_DIGITS)}g}"


def _steps(scaled: np.ndarray, raw: np.ndarray) -> np.ndarray:
    """(features,) own units in a scaled unit, from how far two samples (2, features) are apart."""
    apart = scaled[1] - scaled[0]
    return np.divide(raw[1] - raw[0], apart, out=np.zeros(len(apart)), where=apart != 0)


def _write_beside(figure: go.Figure, texts: Sequence[Sequence[str]], palette: Palette) -> None:
    """Values in the data's own units to the right of their rows, under a heading; and the legend.

    The chart's own legend would take as much width as it can from what it explains.
    """
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "showarrow": False, "xshift": 8}
    pairs = [f"{before} → {after}" for before, after in zip(*texts, strict=True)]
    width = LETTER_WIDTH * max(map(len, pairs), default=0)
    figure.update_layout(margin={"r": max(RAW_WIDTH, width)})
    for row, text in enumerate(pairs):
        figure.add_annotation(y=row, text=text, font={"color": palette.text}, **beside)
    heading = {"yref": "paper", "y": 1, "yanchor": "bottom", "font": {"color": palette.muted}}
    figure.add_annotation(text="own units", **heading, **beside)
    legend = (
        f'<span style="color:{palette.original}">○</span> original   '
        f'<span style="color:{palette.reconstruction}">●</span> reconstruction'
    )
    at_right = {**beside, "xanchor": "right", "xshift": 0}
    figure.add_annotation(text=legend, **heading, **at_right)


def _joined(start: np.ndarray, end: np.ndarray, labels: list[str]) -> dict[str, Any]:
    """Points of one line a feature, with a gap after each."""
    gap = np.full(len(start), np.nan)
    x = np.stack([start, end, gap], axis=1).reshape(-1)
    return {"x": x, "y": [label for label in labels for _ in range(3)]}


def _mark(figure: go.Figure, x: float, text: str, colour: str, dash: str, *, line: int) -> None:
    """A vertical line, named above the plot so that no bar hides under its name."""
    figure.add_vline(x=x, line={"color": colour, "width": 2, "dash": dash})
    figure.add_annotation(
        x=x,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=LINE_HEIGHT * line,
        text=f"{text} {rounded(x)}",
        font={"color": colour},
        showarrow=False,
    )


def _layout(palette: Palette, height: int) -> dict[str, Any]:
    return {**plotly_layout(palette), "height": height, "bargap": 0.05, "dragmode": False}
