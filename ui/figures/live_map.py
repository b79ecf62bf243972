"""The codes of some samples as points, in one projection for the whole run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from aecore.training.events import Event, unpack
from ui.theme import Palette

HEIGHT = 340
# Shapes as well as colours, so that neighbours in the palette are told apart without colour.
SYMBOLS = ("circle", "triangle", "diamond", "rect")
UNLABELLED = "Samples"

Spec = dict[str, Any]


def plot_live_map(snapshot: Event | None, palette: Palette) -> Spec:
    """The map of a snapshot event as an ECharts option; empty axes before the first."""
    points, labels = map_points(snapshot)
    class_names = snapshot["map"].get("class_names", ()) if snapshot else ()
    reach = _reach(points)
    axis = {
        "type": "value",
        "min": -reach,
        "max": reach,
        "interval": reach / 2,
        "splitLine": {"lineStyle": {"color": palette.grid}},
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"show": False},
    }
    series = _series(points, labels, class_names, palette)
    return {
        # Every frame of an animation would take processor time from the training it shows.
        "animation": False,
        "grid": {"left": 1, "right": 1, "top": 4, "bottom": 34, "outerBoundsMode": "none"},
        "legend": {
            "bottom": 0,
            "type": "scroll",
            "itemWidth": 12,
            "itemHeight": 10,
            "data": [item["name"] for item in series],
        },
        "tooltip": {"trigger": "item", "formatter": "{a}"},
        "xAxis": axis,
        "yAxis": axis,
        "series": series,
    }


def describe_live_map(snapshot: Event | None) -> str:
    """The chart in words, for those who do not see it."""
    points, labels = map_points(snapshot)
    if snapshot is None:
        return "Map of the codes; nothing to show before the first epoch."
    classes = "" if labels is None else f" in {len(np.unique(labels))} classes"
    return f"Map of the codes of {len(points)} samples{classes} after epoch {snapshot['epoch']}."


def map_points(snapshot: Event | None) -> tuple[np.ndarray, np.ndarray | None]:
    """The points (m, 2) of a snapshot and their class indices (m,), or None without labels."""
    if snapshot is None:
        return np.empty((0, 2)), None
    labels = snapshot["map"].get("labels")
    return unpack(snapshot["map"]["points"]), None if labels is None else np.asarray(labels)


def _series(
    points: np.ndarray, labels: np.ndarray | None, names: Sequence[str], palette: Palette
) -> list[Spec]:
    if labels is None:
        return [_scatter(UNLABELLED, points, palette.train, SYMBOLS[0])]
    return [
        _scatter(
            names[label] if label < len(names) else str(label),
            points[labels == label],
            palette.classes[label % len(palette.classes)],
            SYMBOLS[label % len(SYMBOLS)],
        )
        for label in np.unique(labels).tolist()
    ]


def _scatter(name: str, points: np.ndarray, colour: str, symbol: str) -> Spec:
    return {
        "name": name,
        "type": "scatter",
        "symbol": symbol,
        "symbolSize": 7,
        "itemStyle": {"color": colour, "opacity": 0.8},
        "data": np.round(points, 4).tolist(),
    }


def _reach(points: np.ndarray) -> float:
    """Half the width of the axes: a round number beyond all points, so that it seldom moves."""
    farthest = float(np.abs(points).max(initial=0.0))
    if farthest == 0:
        return 1.0
    step = 2.0 ** math.ceil(math.log2(farthest)) / 4
    return math.ceil(farthest / step) * step
