"""Places of some codes among those of samples, and the way from one to the next."""

from __future__ import annotations

from typing import Any

import numpy as np

from aecore.evaluation.samples import Samples
from aecore.latent.colours import first
from ui.base.theme import Palette
from ui.figures.latent import plot_moving_map

HEIGHT = 380
MARK_SIZE = 18
START_SIZE = 12


def plot_places(
    points: np.ndarray, samples: Samples, marks: np.ndarray, palette: Palette
) -> dict[str, Any]:
    """An ECharts spec: samples at points (n, 2), and a line along marks (m, 2) to the last one."""
    spec = plot_moving_map(points, first(samples), palette)
    last = len(marks) - 1
    line = {
        "type": "line",
        "name": "yours",
        "z": 10,
        "silent": True,
        # As the legend shows it.
        "symbol": "diamond",
        "lineStyle": {"color": palette.text, "width": 2},
        "itemStyle": {"color": palette.text},
        "data": [
            {
                "value": [float(x), float(y)],
                "symbol": "diamond" if place == last else "circle",
                "symbolSize": MARK_SIZE if place == last else START_SIZE,
                "itemStyle": {
                    "color": palette.text,
                    "borderColor": palette.background,
                    "borderWidth": 2,
                },
            }
            for place, (x, y) in enumerate(marks.tolist())
        ],
    }
    return {**spec, "series": [*spec["series"], line]}


def describe_places(points: np.ndarray, marks: np.ndarray) -> str:
    """The map in a sentence: how many points, and where the last mark lies."""
    text = f"Map of {len(points)} codes"
    if not len(marks):
        return text
    x, y = marks[-1]
    return f"{text}; yours lies at {x:z.3f}, {y:z.3f}"
