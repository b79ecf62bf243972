"""Honesty of the map on screen, in numbers beside their yardsticks."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.latent.maps.quality import QUANTITIES, MapQuality, assess
from ui.app import session
from ui.base.text import count, counted, rounded
from ui.latent.stability import show_stability
from ui.shared.latent_map import LINE, Drawn, pca_points

YARDSTICK = "pca-2"
OF_A_LINE = (
    "A code of one number needs no map: its axis is the code itself, so nothing is torn apart or "
    "put together here."
)


def show_honesty(run_id: str, samples: Samples, drawn: Drawn) -> None:
    """A part of the page that works its figures out once it is opened."""
    panel = st.expander(
        "How honest is this map?",
        icon=":material/fact_check:",
        on_change="rerun",
        key="map-honesty",
    )
    if not panel.open:
        return
    with panel:
        if drawn.key == LINE:
            st.caption(OF_A_LINE)
            return
        try:
            own = _quality(run_id, drawn.key, samples.code, drawn.points)
            pca = _quality(run_id, YARDSTICK, samples.code, pca_points(run_id, samples))
            _show_figures(own, None if drawn.key == YARDSTICK else pca)
            st.caption(_measured(own, samples))
            show_stability(run_id, drawn)
        except LabError as error:
            session.show_error(error)


def _show_figures(own: MapQuality, pca: MapQuality | None) -> None:
    chance = {
        "trustworthiness": own.chance_trustworthiness,
        "continuity": own.chance_trustworthiness,
        "neighbourhood_preservation": own.chance_preservation,
        "distance_correlation": 0.0,
    }
    for name, spec in QUANTITIES.items():
        value, sentence = st.columns([1, 3], vertical_alignment="center")
        value.metric(spec.title, rounded(getattr(own, name)), help=f"{spec.unit}.")
        beside = "" if pca is None else f"PCA in 2-D {rounded(getattr(pca, name))} · "
        sentence.markdown(f"{spec.reading}  \n:gray[{beside}at random {rounded(chance[name])}]")


def _measured(own: MapQuality, samples: Samples) -> str:
    rows = f"{count(own.rows)} of {counted(own.total, 'sample')}"
    return (
        f"Measured on {rows}, with k = {own.k} neighbours by Euclidean distance. The map is "
        f"compared with the code of {counted(samples.code.shape[1], 'number')}, not with the data: "
        "whether the code keeps what the data holds is another question, which the error answers."
    )


@st.cache_resource(show_spinner="Comparing all neighbours in map and code", max_entries=64)
def _quality(run_id: str, map_key: str, _code: np.ndarray, _points: np.ndarray) -> MapQuality:
    return assess(_code, _points)
