"""Where do the samples lie in the latent space, and what do neighbours have in common?"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from aecore.evaluation.reconstruction import class_name
from aecore.evaluation.samples import Samples
from ui.theme import Palette, plotly_layout

HEIGHT = 580
SYMBOLS = ("circle", "diamond", "square", "cross")
LIVE_SYMBOLS = ("circle", "diamond", "rect", "triangle")
# Errors beyond this share of the samples take the end of the scale, or a few would hide the rest.
SHARE_IN_SCALE = 0.98
PLANE = 2
# A little further away than by default, so that no axis title is cut off.
CAMERA = {"x": 1.5, "y": 1.5, "z": 0.9}


@dataclass(frozen=True)
class Group:
    """Points that share a colour and a symbol; `positions` are theirs among the samples."""

    name: str
    positions: np.ndarray
    colour: str
    symbol: int


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


def label_groups(samples: Samples, palette: Palette) -> list[Group]:
    """One group a class that has samples; past the last colour and symbol, one for all others."""
    if samples.label is None:
        return [Group("samples", np.arange(len(samples.error)), palette.reconstruction, 0)]
    labels = np.unique(samples.label)
    room = len(palette.classes) * len(SYMBOLS)
    groups = [
        Group(
            class_name(samples, int(label)),
            np.flatnonzero(samples.label == label),
            palette.classes[place % len(palette.classes)],
            place // len(palette.classes),
        )
        for place, label in enumerate(labels[:room])
    ]
    if len(labels) > room:
        others = np.flatnonzero(np.isin(samples.label, labels[room:]))
        groups.append(Group(f"{len(labels) - room} other classes", others, palette.muted, 0))
    return groups


def plot_map(
    points: np.ndarray, samples: Samples, by: str, axes: Axes, palette: Palette
) -> go.Figure:
    """A map of all samples, points: (n, 2) or (n, 3), coloured `by` "label" or "error".

    Each point's `customdata` is its position among the samples.
    """
    figure = go.Figure(layout=_layout(axes, palette))
    if not len(points):
        return figure
    if by == "error":
        groups = [Group("error", np.arange(len(points)), "", 0)]
        figure.add_trace(_trace(points, groups[0], _error_marker(samples.error, palette)))
        figure.update_layout(showlegend=False)
        return figure
    for group in label_groups(samples, palette):
        marker = {"color": group.colour, "symbol": SYMBOLS[group.symbol]}
        figure.add_trace(_trace(points, group, marker))
    figure.update_layout(showlegend=samples.label is not None)
    return figure


def plot_moving_map(
    points: np.ndarray, samples: Samples, by: str, palette: Palette
) -> dict[str, Any]:
    """The same map as an ECharts spec for points that still move; the first two dimensions."""
    groups = label_groups(samples, palette)
    frames = [pd.DataFrame(points[g.positions, :PLANE], columns=["x", "y"]) for g in groups]
    if by == "error":
        for frame, group in zip(frames, groups, strict=True):
            frame["error"] = samples.error[group.positions]
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
                "name": group.name,
                "datasetIndex": i,
                "encode": {"x": "x", "y": "y"},
                "symbol": LIVE_SYMBOLS[group.symbol],
                "symbolSize": 6,
                "silent": True,
                "itemStyle": {"color": group.colour, "opacity": 0.8},
            }
            for i, group in enumerate(groups)
        ],
    }
    if by == "error":
        return spec | {"visualMap": _live_scale(samples.error, palette)}
    legend = {"orient": "vertical", "right": 0, "top": 16, "type": "scroll"}
    return spec | {"legend": {**legend, "textStyle": {"color": palette.text}}}


def _trace(points: np.ndarray, group: Group, marker: dict[str, Any]) -> Any:
    own = points[group.positions]
    shared = {
        "mode": "markers",
        "name": html.escape(group.name),
        "customdata": group.positions,
        "hoverinfo": "none",
    }
    if points.shape[1] == PLANE:
        marker = {"size": 6, "opacity": 0.8, **marker}
        return go.Scattergl(x=own[:, 0], y=own[:, 1], marker=marker, **shared)
    marker = {"size": 3.5, "opacity": 0.85, **marker}
    return go.Scatter3d(x=own[:, 0], y=own[:, 1], z=own[:, 2], marker=marker, **shared)


def _error_marker(error: np.ndarray, palette: Palette) -> dict[str, Any]:
    low, high = _error_range(error)
    scale = _visible(palette)
    stops = np.linspace(0, 1, len(scale))
    return {
        "color": np.clip(error, low, high),
        "cmin": low,
        "cmax": high,
        "colorscale": [[float(stop), colour] for stop, colour in zip(stops, scale, strict=True)],
        "colorbar": {
            "title": {"text": "Error (MSE)", "side": "right"},
            "thickness": 12,
            "len": 0.8,
            "outlinewidth": 0,
            "tickfont": {"color": palette.muted},
        },
    }


def _live_scale(error: np.ndarray, palette: Palette) -> dict[str, Any]:
    low, high = _error_range(error)
    return {
        "type": "continuous",
        "dimension": "error",
        "min": low,
        "max": high,
        "right": 0,
        "top": 16,
        "text": ["Error (MSE)", ""],
        "textStyle": {"color": palette.text},
        "inRange": {"color": list(_visible(palette))},
    }


def _error_range(error: np.ndarray) -> tuple[float, float]:
    finite = error[np.isfinite(error)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(np.quantile(finite, SHARE_IN_SCALE))
    return low, high if high > low else low + 1.0


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
        "dragmode": "pan",
        "legend": {**base["legend"], "itemsizing": "constant"},
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
