"""The sections of the Features page, one at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.base.theme import Palette
from ui.features.clusters import show_clusters
from ui.features.codes import show_codes
from ui.features.probes import show_probes
from ui.features.robustness import show_robustness
from ui.features.units import show_units

SECTIONS: dict[str, Callable[[RunSummary, Samples, Palette], None]] = {
    "What are they good for?": show_probes,
    "What is in them?": show_units,
    "Clusters": show_clusters,
    "How robust is it?": show_robustness,
    "Codes as a file": show_codes,
}


def show_sections(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """The section that is chosen."""
    chosen = st.segmented_control(
        "Section",
        list(SECTIONS),
        default=next(iter(SECTIONS)),
        required=True,
        key="features-section",
        persist_state="session",
        label_visibility="collapsed",
    )
    SECTIONS[chosen](run, samples, palette)
