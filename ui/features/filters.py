"""What the first layer of an encoder looks for: pictures, lines, or columns and their weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.reconstruction import feature_names
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.theme import Palette
from ui.figures.pictures import SHARPNESS, strip, tints
from ui.figures.units import panels_size, plot_panels
from ui.shared import worker

MOST, A_ROW, SIDE = 32, 16, 52
HEAVIEST = 4
NONE = "The first layer of this encoder has no weights that could be shown as a sample."
HOW_TO_READ = (
    "The weights of the units of the first layer with the largest ones: what is orange excites a "
    "unit, what is blue holds it back. Noise without a shape says that a unit learned little."
)


def show_filters(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """A part that is opened on demand, since the worker is asked for it."""
    with st.expander("The first layer of the encoder", icon=":material/filter_center_focus:"):
        if not st.toggle("Show its weights", key=f"features-filters-{run.run_id}"):
            return
        if not worker.is_ready():
            return
        try:
            found = _filters(run.run_id)
        except LabError as error:
            session.show_error(error)
            worker.offer_again()
            return
        _show(found, samples, palette)


@st.cache_resource(show_spinner="Reading the weights", max_entries=8)
def _filters(run_id: str) -> np.ndarray:
    return session.engine().filters(run_id, MOST)


def _show(found: np.ndarray, samples: Samples, palette: Palette) -> None:
    if found.ndim < 2:
        st.caption(NONE)
        return
    st.caption(HOW_TO_READ)
    alt = "Weights of units of the first layer"
    if found.ndim == 4:
        _show_pictures(found, palette, alt)
    elif found.ndim == 3:
        width, _ = panels_size(len(found))
        st.image(plot_panels(found[..., 0], palette.encoder), width=width, alt=alt)
    else:
        st.dataframe(_heaviest(found, samples), hide_index=True, alt=alt)


def _show_pictures(found: np.ndarray, palette: Palette, alt: str) -> None:
    """Each over its own range, averaged over what it is given by channel."""
    plain = found.mean(axis=-1, keepdims=True)
    limits = np.abs(plain).max(axis=(1, 2, 3), keepdims=True)
    tiles = tints(plain / np.where(limits, limits, 1), 1.0, palette.diverging)
    for first in range(0, len(tiles), A_ROW):
        picture = strip(tiles[first : first + A_ROW], SIDE)
        st.image(picture, width=picture.shape[1] // SHARPNESS, alt=alt)


def _heaviest(found: np.ndarray, samples: Samples) -> pd.DataFrame:
    names = feature_names(samples)
    rows = []
    for place, weights in enumerate(found):
        order = np.argsort(-np.abs(weights), kind="stable")[:HEAVIEST].tolist()
        said = ", ".join(f"{names[i]} {weights[i]:+.2f}" for i in order)
        rows.append({"Unit": place + 1, "Weighs most": said})
    return pd.DataFrame(rows)
