"""Rings around points of a chart, and clicks on points and bars.

Rings are drawn over the Plotly chart: in its figure, each new ring would build the chart anew and
lose what the visitor has zoomed to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from ui.base.component import component

_marks = component(__file__, "<div hidden></div>")


@dataclass(frozen=True)
class Ring:
    """A ring around a place in the plane of a map, in the map's units; radius and width in px."""

    x: float
    y: float
    radius: float
    width: float
    colour: str


def show_marks(
    chart: str, rings: Sequence[Ring], key: str, on_click: Callable[[int], None]
) -> None:
    """Draw rings over the Plotly chart in the container `chart`, and tell what is clicked on it.

    The chart's `customdata` must be whole numbers, such as positions; `on_click` gets one.
    """

    def clicked() -> None:
        position = st.session_state[key].clicked
        if isinstance(position, int):
            on_click(position)

    _marks(
        key=key,
        data={"chart": chart, "rings": [asdict(ring) for ring in rings]},
        on_clicked_change=clicked,
    )
