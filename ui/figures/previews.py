"""A few pictures or series of a data set as they came."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ui.base.theme import IMAGE_FONT, Palette
from ui.figures.pictures import data_address

ROW_HEIGHT = 130
# So many times the narrowest channel, one axis for all shows that as a line.
UNLIKE = 10
A_ROW, SIDE, GAP, LABEL_HEIGHT, LABEL_LENGTH = 10, 56, 8, 16, 9


def plot_pictures(preview: dict[str, Any], palette: Palette) -> str:
    """Pictures in rows with their classes beneath, as an SVG with pixels as they are."""
    pixels = np.frombuffer(base64.b64decode(preview["pixels"]), np.uint8)
    shown = pixels.reshape(preview["shape"])
    labels = preview["labels"] or [""] * len(shown)
    parts = []
    for i, (picture, label) in enumerate(zip(shown, labels, strict=True)):
        x, name = i % A_ROW * (SIDE + GAP), label[:LABEL_LENGTH]
        y = i // A_ROW * (SIDE + LABEL_HEIGHT + GAP)
        parts.append(
            f'<image x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" '
            f'style="image-rendering:pixelated" href="{data_address(picture)}"/>'
            f'<text x="{x + SIDE / 2}" y="{y + SIDE + 12}" font-size="10" text-anchor="middle" '
            f'font-family="{IMAGE_FONT}" fill="{palette.text}">{escape(name)}</text>'
        )
    width = A_ROW * (SIDE + GAP) - GAP
    height = -(-len(shown) // A_ROW) * (SIDE + LABEL_HEIGHT + GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{"".join(parts)}</svg>'
    )


def plot_series(preview: dict[str, Any], palette: Palette) -> go.Figure:
    """Each sample in a row of its own, its channels as lines.

    Channels of very different size are each drawn over a range of their own, from 0 to 1.
    """
    samples, names = np.array(preview["values"], float), preview["names"]
    low, width = _ranges(samples)
    titles = preview["labels"] or [f"Sample {i + 1}" for i in range(len(samples))]
    figure = make_subplots(
        rows=len(samples), cols=1, shared_xaxes=True, subplot_titles=titles, vertical_spacing=0.08
    )
    for row, sample in enumerate(samples, start=1):
        for channel, name in enumerate(names):
            figure.add_trace(
                go.Scatter(
                    y=(sample[:, channel] - low[channel]) / width[channel],
                    customdata=sample[:, channel],
                    hovertemplate="step %{x}: %{customdata}",
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
    if (width != 1).any():
        figure.update_yaxes(title="own range", showticklabels=False)
    return figure


def _ranges(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(channels,) least value and width of each; 0 and 1 where all can be seen on one axis."""
    low, high = samples.min(axis=(0, 1)), samples.max(axis=(0, 1))
    overall = float(high.max() - low.min()) or 1.0
    width = np.where(high > low, high - low, overall)
    if overall <= UNLIKE * width.min():
        return np.zeros_like(low), np.ones_like(low)
    return low, width
