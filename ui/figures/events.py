"""The chart of scores over time, with the threshold, true events and those that are raised."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from ui.base.theme import Palette, plotly_layout

HEIGHT = 300
# Points that a chart of this width can show apart; of each stretch the highest is drawn.
MOST_POINTS = 2000


def plot_events(
    rows: np.ndarray,
    scores: np.ndarray,
    threshold: float,
    raised: np.ndarray,
    events: np.ndarray,
    title: str,
    palette: Palette,
) -> go.Figure:
    """Scores (n,) over row numbers (n,), in the order of time.

    Args:
        raised: (m,) places at which an event is raised.
        events: (e, 2) start and end of true events, in places; may be empty.
    """
    figure = go.Figure(layout={**plotly_layout(palette), "height": HEIGHT})
    figure.update_layout(dragmode=False, legend={"orientation": "h", "y": 1.15, "x": 0})
    figure.update_xaxes(title_text="Row")
    figure.update_yaxes(title_text=title, rangemode="tozero")
    for start, end in events.tolist():
        figure.add_vrect(
            x0=int(rows[start]) - 0.5,
            x1=int(rows[end - 1]) + 0.5,
            fillcolor=palette.positive,
            opacity=0.2,
            line={"width": 0},
        )
    places = _highest(scores)
    figure.add_scatter(
        x=rows[places],
        y=scores[places],
        mode="lines",
        name="score",
        line={"color": palette.reconstruction, "width": 1.5},
    )
    figure.add_scatter(
        x=rows[raised],
        y=scores[raised],
        mode="markers",
        name="event raised",
        marker={"symbol": "triangle-down", "size": 12, "color": palette.text},
    )
    figure.add_hline(y=threshold, line={"color": palette.text, "width": 1, "dash": "dash"})
    return figure


def _highest(scores: np.ndarray) -> np.ndarray:
    """Places, ascending, of the highest score in each of as many stretches as can be shown."""
    if len(scores) <= MOST_POINTS:
        return np.arange(len(scores))
    stretches = np.array_split(np.arange(len(scores)), MOST_POINTS)
    return np.array([stretch[scores[stretch].argmax()] for stretch in stretches])
