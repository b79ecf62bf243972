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
from ui.figures.pictures import SHARPNESS, data_address, strip, tints
from ui.figures.units import panels_size, plot_panels
from ui.shared import worker

MOST, A_ROW, SIDE = 32, 16, 52
HEAVIEST = 4
NONE = "The first layer of this encoder has no weights that could be shown as a sample."
HEAVY = "The weights of those units of the first layer that have the largest: "
NOISE = " Noise without a shape says that a unit learned little."
OF_PICTURES = f"{HEAVY}what is orange excites a unit, what is blue holds it back.{NOISE}"
OF_SERIES = f"{HEAVY}where a line is high, a high value excites the unit.{NOISE}"
OF_COLUMNS = f"{HEAVY}for each, the columns that excite it (+) or hold it back (−) most."


def show_filters(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """A part that is shown on demand, since the worker is asked for it."""
    asked = st.toggle(
        "What the first layer of the encoder looks for", key=f"features-filters-{run.run_id}"
    )
    if not asked or not worker.is_ready():
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
    alt = "Weights of units of the first layer"
    if found.ndim == 4:
        st.caption(OF_PICTURES)
        _show_pictures(found, palette, alt)
    elif found.ndim == 3:
        st.caption(OF_SERIES)
        width, _ = panels_size(len(found))
        st.image(plot_panels(found[..., 0], palette.encoder), width=width, alt=alt)
    else:
        st.caption(OF_COLUMNS)
        narrow = {"Unit": st.column_config.NumberColumn(width="small")}
        frame = _heaviest(found, samples)
        st.dataframe(frame, hide_index=True, alt=alt, column_config=narrow)


def _show_pictures(found: np.ndarray, palette: Palette, alt: str) -> None:
    """Each over its own range, averaged over what it is given by channel."""
    plain = found.mean(axis=-1, keepdims=True)
    limits = np.abs(plain).max(axis=(1, 2, 3), keepdims=True)
    tiles = tints(plain / np.where(limits, limits, 1), 1.0, palette.diverging)
    for first in range(0, len(tiles), A_ROW):
        picture = strip(tiles[first : first + A_ROW], SIDE)
        st.image(data_address(picture), width=picture.shape[1] // SHARPNESS, alt=alt)


def _heaviest(found: np.ndarray, samples: Samples) -> pd.DataFrame:
    names = feature_names(samples)
    rows = []
    for place, weights in enumerate(found):
        order = np.argsort(-np.abs(weights), kind="stable")[:HEAVIEST].tolist()
        said = ", ".join(f"{names[i]} {_signed(weights[i])}" for i in order)
        rows.append({"Unit": place + 1, "Weighs most": said})
    return pd.DataFrame(rows)


def _signed(weight: float) -> str:
    return f"{weight:+.2f}".replace("-", "−")
