"""Try your own: a sample that is drawn, uploaded, or a kept one disturbed."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.base.theme import Palette
from ui.shared.decoding import reason_unavailable
from ui.try_your_own.features import show_features
from ui.try_your_own.given import show_drawing, show_upload
from ui.try_your_own.perturb import show_perturbed

WAYS = {
    "Draw": (
        show_drawing,
        "Draw on the pad, and see at once what comes back of it and where its code lies. Change "
        "it bit by bit: where does it turn into something else?",
    ),
    "Upload": (show_upload, "One picture of yours, cut to the shape of the data."),
    "Perturb": (
        show_perturbed,
        "Disturb a kept sample. A robust code hardly moves, and its reconstruction stays close to "
        "the clean original.",
    ),
}


def show_trial(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """Ways to give the run a sample, what it makes of it, and its place among the others."""
    problem = reason_unavailable(samples)
    if problem:
        st.info(problem, icon=":material/info:")
        return
    _try(run, samples, palette)


# Alone, so that the rest of the page stands still while someone draws.
@st.fragment
def _try(run: RunSummary, samples: Samples, palette: Palette) -> None:
    if samples.kind != "image":
        show_features(run, samples, palette)
        return
    way = st.segmented_control(
        "Try",
        list(WAYS),
        default="Draw",
        required=True,
        key="trial-way",
        label_visibility="collapsed",
    )
    show, reading = WAYS[way]
    st.caption(reading)
    show(run, samples, palette)
