"""A few series of a data set as they came, one under the other."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ui.theme import Palette

ROW_HEIGHT = 130


def plot_series(preview: dict[str, Any], palette: Palette) -> go.Figure:
    """Each sample in a row of its own, its channels as lines."""
    samples, names = preview["values"], preview["names"]
    titles = preview["labels"] or [f"Sample {i + 1}" for i in range(len(samples))]
    figure = make_subplots(
        rows=len(samples), cols=1, shared_xaxes=True, subplot_titles=titles, vertical_spacing=0.08
    )
    for row, sample in enumerate(samples, start=1):
        for channel, name in enumerate(names):
            figure.add_trace(
                go.Scatter(
                    y=[step[channel] for step in sample],
                    name=name,
                    legendgroup=name,
                    showlegend=row == 1 and len(names) > 1,
                    line={"color": palette.classes[channel % len(palette.classes)], "width": 1.5},
                ),
                row=row,
                col=1,
            )
    figure.update_layout(
        height=ROW_HEIGHT * len(samples) + 60, margin={"l": 0, "r": 0, "t": 24, "b": 0}
    )
    return figure
