"""Maps of the latent space as Plotly charts."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from aecore.latent.colours import NO_VALUE, Colouring
from ui.base.theme import Palette, plotly_layout
from ui.figures.class_marks import ClassMark, ClassPoints, coloured_points, muted_mark
from ui.figures.svg import shortened

HEIGHT = 560
DOT = 6
# ECharts' own names of shapes; others it takes as paths.
ECHARTS_SHAPES = {"circle": "circle", "diamond": "diamond", "square": "rect"}
# Values outside of these shares of all take the ends of the scale, or a few would hide the rest.
SHARES_IN_SCALE = (0.01, 0.99)
MOST_LETTERS = 28
UNSELECTED_OPACITY = 0.3
PLANE = 2
# A little further away than by default, so that no axis title is cut off.
CAMERA = {"x": 1.5, "y": 1.5, "z": 0.9}


@dataclass(frozen=True)
class Axes:
    """What the axes of a map mean.

    Attributes:
        titles: one a dimension.
        measured: whether their values mean something; otherwise ticks are left out.
        same_unit: whether distances in all directions compare.
    """

    titles: tuple[str, ...]
    measured: bool = True
    same_unit: bool = True


def plot_map(
    points: np.ndarray,
    colouring: Colouring,
    axes: Axes,
    palette: Palette,
    selected: Sequence[int] = (),
) -> go.Figure:
    """A map of all samples, points: (n, 2) or (n, 3), in the colours of a colouring.

    Each point's `customdata` is its position among the samples; where some positions are selected,
    the other points are faded.
    """
    figure = go.Figure(layout=_layout(axes, palette))
    if not len(points):
        return figure
    traces = _class_traces if colouring.names else _scale_traces
    for trace in traces(points, colouring, palette):
        if len(selected) and trace.type == "scattergl":
            trace.selectedpoints = np.flatnonzero(np.isin(trace.customdata, selected))
        figure.add_trace(trace)
    figure.update_layout(showlegend=bool(colouring.names), legend_title_text=_title(colouring))
    return figure


def plot_moving_map(points: np.ndarray, colouring: Colouring, palette: Palette) -> dict[str, Any]:
    """The same map as an ECharts spec for points that still move; the first two dimensions."""
    classes = coloured_points(colouring, palette)
    frames = [pd.DataFrame(points[c.positions, :PLANE], columns=["x", "y"]) for c in classes]
    if not colouring.names:
        frames[0]["value"] = colouring.values
    hidden = {"type": "value", "scale": True, "show": False}
    spec: dict[str, Any] = {
        "animation": False,
        "grid": {"left": 16, "right": 150, "top": 16, "bottom": 16},
        "xAxis": hidden,
        "yAxis": hidden,
        "tooltip": {"show": False},
        "dataset": [{"source": frame} for frame in frames],
        "series": [
            {
                "type": "scatter",
                "name": each.name,
                "datasetIndex": i,
                "encode": {"x": "x", "y": "y"},
                **echarts_mark(each.mark),
                "silent": True,
                "itemStyle": {"color": each.mark.colour, "opacity": 0.8},
            }
            for i, each in enumerate(classes)
        ],
    }
    if not colouring.names:
        return spec | {"visualMap": _live_scale(colouring, palette)}
    legend = {"orient": "vertical", "right": 0, "top": 16, "type": "scroll"}
    return spec | {"legend": {**legend, "textStyle": {"color": palette.text}}}


def echarts_mark(mark: ClassMark) -> dict[str, Any]:
    """A mark as a series of ECharts takes it; shapes have about the same area."""
    symbol = ECHARTS_SHAPES.get(mark.shape, f"path://M0 0{mark.path(1.0)}")
    return {"symbol": symbol, "symbolSize": round(DOT * mark.reach, 1)}


def _class_traces(points: np.ndarray, colouring: Colouring, palette: Palette) -> Iterator[Any]:
    for each in coloured_points(colouring, palette):
        yield _trace(points, each, {"color": each.mark.colour, "symbol": each.mark.shape})


def _scale_traces(points: np.ndarray, colouring: Colouring, palette: Palette) -> Iterator[Any]:
    """Those with a number in its colour, and beneath them those without."""
    known = np.isfinite(colouring.values)
    muted = muted_mark(palette)
    without = ClassPoints(NO_VALUE, np.flatnonzero(~known), muted)
    if len(without.positions):
        yield _trace(points, without, {"color": muted.colour, "symbol": "circle-open"})
    if known.any():
        scaled = ClassPoints(colouring.title, np.flatnonzero(known), muted)
        yield _trace(points, scaled, _scale_marker(colouring, known, palette))


def _trace(points: np.ndarray, of: ClassPoints, marker: dict[str, Any]) -> Any:
    own = points[of.positions]
    shared = {
        "mode": "markers",
        "name": html.escape(of.name),
        "customdata": of.positions,
        "hoverinfo": "none",
    }
    if points.shape[1] == PLANE:
        shared["unselected"] = {"marker": {"opacity": UNSELECTED_OPACITY}}
        marker = {"size": DOT, "opacity": 0.8, **marker}
        return go.Scattergl(x=own[:, 0], y=own[:, 1], marker=marker, **shared)
    marker = {"size": 3.5, "opacity": 0.85, **marker}
    return go.Scatter3d(x=own[:, 0], y=own[:, 1], z=own[:, 2], marker=marker, **shared)


def _scale_marker(colouring: Colouring, known: np.ndarray, palette: Palette) -> dict[str, Any]:
    low, high = colouring.limits or _range(colouring.values)
    scale = _visible(palette)
    stops = np.linspace(0, 1, len(scale))
    return {
        "color": np.clip(colouring.values[known], low, high),
        "cmin": low,
        "cmax": high,
        "colorscale": [[float(stop), colour] for stop, colour in zip(stops, scale, strict=True)],
        "colorbar": {
            "title": {"text": _title(colouring), "side": "right"},
            "thickness": 12,
            "len": 0.8,
            "outlinewidth": 0,
            "tickfont": {"color": palette.muted},
        },
    }


def _live_scale(colouring: Colouring, palette: Palette) -> dict[str, Any]:
    low, high = colouring.limits or _range(colouring.values)
    return {
        "type": "continuous",
        "dimension": "value",
        "min": low,
        "max": high,
        "right": 0,
        "top": 16,
        "text": [shortened(colouring.title, MOST_LETTERS), ""],
        "textStyle": {"color": palette.text},
        "inRange": {"color": list(_visible(palette))},
    }


def _range(values: np.ndarray) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    low, high = (float(end) for end in np.quantile(finite, SHARES_IN_SCALE))
    return low, high if high > low else low + 1.0


def _title(colouring: Colouring) -> str:
    return html.escape(shortened(colouring.title, MOST_LETTERS))


def _visible(palette: Palette) -> tuple[str, ...]:
    """The sequential scale without the steps that the ground swallows."""
    return palette.sequential[2:]


def _layout(axes: Axes, palette: Palette) -> dict[str, Any]:
    base = plotly_layout(palette)
    flat = {**base["xaxis"], "showticklabels": axes.measured, "zeroline": False}
    titles = [{**flat["title"], "text": title} for title in axes.titles]
    layout = {
        **base,
        "height": HEIGHT,
        "margin": {"l": 56, "r": 16, "t": 32, "b": 48},
        "modebar": {
            "bgcolor": "rgba(0,0,0,0)",
            "color": palette.muted,
            "activecolor": palette.text,
        },
        "dragmode": "lasso",
        # Below, so that a narrow window leaves the map all of its width.
        "legend": {
            **base["legend"],
            "itemsizing": "constant",
            "orientation": "h",
            "yanchor": "top",
            # Below the title of the axis too.
            "y": -0.2,
        },
        "uirevision": "map",
    }
    if len(titles) == PLANE:
        layout["xaxis"] = {**flat, "title": titles[0], "visible": axes.measured}
        layout["yaxis"] = {**flat, "title": titles[1], "visible": axes.measured}
        if axes.same_unit:
            layout["yaxis"] |= {"scaleanchor": "x", "scaleratio": 1}
        return layout
    small = {"color": palette.muted, "size": 11}
    solid = {**flat, "backgroundcolor": "rgba(0,0,0,0)", "showspikes": False, "tickfont": small}
    layout["scene"] = {
        name: {**solid, "title": {**title, "font": {**small, "size": 13}}}
        for name, title in zip(("xaxis", "yaxis", "zaxis"), titles, strict=True)
    }
    layout["scene"] |= {
        "aspectmode": "data" if axes.same_unit else "cube",
        "camera": {"eye": CAMERA},
    }
    layout |= {"dragmode": "orbit", "margin": {"l": 0, "r": 0, "t": 32, "b": 0}}
    return layout
