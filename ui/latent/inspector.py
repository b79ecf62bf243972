"""The inspector beside the map: what was clicked on or selected, where the eye is already."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.samples import Samples
from ui.base.theme import Palette
from ui.figures.latent import HEIGHT
from ui.latent.neighbours import show_neighbours
from ui.latent.selection import show_selection
from ui.shared import map_selection
from ui.shared.latent_map import Drawn, sample_cards

HOW_TO_LOOK = (
    "**Draw a lasso around some dots** to compare them with the rest, or **click on one** for its "
    "neighbours: both are shown here.\n\n"
    "Point at a dot to see its sample. A click on a class in the legend hides it, a double-click "
    "shows it alone; the wheel comes closer."
)


def show_inspector(run_id: str, samples: Samples, drawn: Drawn, palette: Palette) -> None:
    """A panel as tall as the map, which scrolls by itself; what was done last stands on top."""
    with st.container(height=HEIGHT, border=True, key="inspector"):
        above, below = st.container(), st.container()
        selected_last = map_selection.selected_last(run_id)
        if map_selection.focus(run_id) is None and not map_selection.selected(run_id):
            above.markdown(HOW_TO_LOOK)
        with below if selected_last else above:
            show_neighbours(run_id, samples, drawn, sample_cards(run_id, samples), palette)
        with above if selected_last else below:
            show_selection(run_id, samples, palette)
