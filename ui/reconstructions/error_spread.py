"""The spread of errors, and the samples behind a bar."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from aecore.evaluation.reconstruction import histogram, in_bins, page, page_count
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.base.text import count, counted, rounded
from ui.base.theme import Palette
from ui.figures.errors import plot_error_histogram
from ui.shared.gallery import show_gallery
from ui.shared.map_marks import show_marks
from ui.shared.sample_filter import PAGE_SIZES

CHART = "error-histogram"


def show_error_spread(run: RunSummary, samples: Samples, palette: Palette) -> np.ndarray:
    """The histogram of errors; positions of the samples in the bars that are selected."""
    st.subheader("How errors are spread", anchor=False)
    st.caption(
        "Samples far to the right are the ones that this code cannot hold. Click on a "
        "bar, or drag over several, to see their samples."
    )
    spread = histogram(samples)
    with st.container(key=CHART):
        event = st.plotly_chart(
            plot_error_histogram(spread, run.metrics.get("pca_mse"), palette),
            theme=None,
            key=f"{CHART}-{run.run_id}",
            on_select="rerun",
            selection_mode="box",
            config={"displayModeBar": False},
            alt=f"Histogram of the errors of {counted(len(samples.error), 'sample')}",
        )
    clicked = f"bar-{run.run_id}"
    show_marks(CHART, (), f"clicked-{CHART}", partial(_toggle, clicked))
    return in_bins(samples, spread, selected_bins(event) or st.session_state.get(clicked, ()))


def show_samples_of_bars(samples: Samples, positions: np.ndarray, palette: Palette) -> None:
    """The samples behind the selected bars, worst first and page by page; nothing without any."""
    if not len(positions):
        return
    errors = samples.error[positions]
    size = PAGE_SIZES[samples.kind]
    st.subheader(f"{count(len(positions))} with these errors", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"Errors from {rounded(float(errors.min()))} to {rounded(float(errors.max()))}, worst "
            "first. Click on the bar again, or double-click beside a selection, to close this."
        )
        st.space("stretch")
        number = st.pagination(
            page_count(len(positions), size), key=f"bars-{positions[0]}-{len(positions)}"
        )
    show_gallery(samples, page(positions, number, size), palette, "bars")


def selected_bins(event: Any) -> set[int]:
    """The bins whose bars a selection holds."""
    return {int(point["point_index"]) for point in event.selection.points}


def _toggle(clicked: str, place: int) -> None:
    st.session_state[clicked] = () if st.session_state.get(clicked) == (place,) else (place,)
