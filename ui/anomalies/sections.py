"""The sections below the review: what the scores are worth, and all of them as a file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from aecore.experiment.data_facts import is_in_parts, is_stream
from ui.anomalies.blind_spots import show_blind_spots
from ui.anomalies.class_holdout import show_class_holdout
from ui.anomalies.contamination import show_contamination
from ui.anomalies.download import show_download
from ui.anomalies.events import show_events
from ui.anomalies.planted import show_planted
from ui.anomalies.review import Looked
from ui.anomalies.with_labels import show_with_labels
from ui.anomalies.without_labels import show_without_labels
from ui.base.theme import Palette

EVENTS, CLASSES, CONTAMINATION = "Events", "Classes held out", "Contamination"
FEWEST_CLASSES = 2
SECTIONS: dict[str, Callable[[Looked], None]] = {
    "With labels": show_with_labels,
    "Without labels": show_without_labels,
    "Planted defects": show_planted,
    "Blind spots": show_blind_spots,
    CLASSES: show_class_holdout,
    CONTAMINATION: show_contamination,
    "Download": show_download,
}


def show_sections(looked: Looked, palette: Palette) -> None:
    """One section at a time, those first that these rows can fill."""
    titles = list(SECTIONS)
    if len(looked.scored.class_names) < FEWEST_CLASSES:
        titles.remove(CLASSES)
    tree = looked.run.experiment.tree
    if CLASSES not in titles or is_stream(tree) or is_in_parts(tree):
        titles.remove(CONTAMINATION)
    if looked.scored.kind == "series":
        titles.insert(0, EVENTS)
    chosen = st.segmented_control(
        "How good are these scores?",
        titles,
        default="With labels" if looked.by.has_both else "Without labels",
        required=True,
        key=f"odd-section-{looked.request.run_id}",
        persist_state="session",
    )
    if chosen == EVENTS:
        show_events(looked, palette)
    else:
        SECTIONS[chosen](looked)
