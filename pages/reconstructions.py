"""The Reconstructions page: what the autoencoder makes of samples it was not trained on."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base.theme import palette
from ui.reconstructions.figures import show_figures
from ui.reconstructions.film import show_film
from ui.reconstructions.samples import show_samples
from ui.shared import first_numbers
from ui.shared.next_steps import show_next_steps
from ui.shared.run_bar import run_bar
from ui.shared.run_picker import samples_of
from ui.try_your_own.sections import show_trial

SECTIONS = {
    "Samples": (show_samples, "Held-out samples beside what the decoder makes of their codes."),
    "Over time": (
        show_film,
        "The same samples, codes and errors from the first epoch to the last.",
    ),
    "Try your own": (show_trial, "Something new for this model, and where its code comes to lie."),
}
ORDERED = {first_numbers.TITLE: (first_numbers.show_first_numbers, first_numbers.READING)}

session.require_app()
run = run_bar("Reconstructions")
samples = samples_of(run)
show_figures(run, samples)
sections = SECTIONS | (ORDERED if first_numbers.is_ordered(run) else {})
with st.container(horizontal=True, vertical_alignment="center"):
    section = st.segmented_control(
        "Show",
        list(sections),
        default="Samples",
        required=True,
        key="reconstructions-section",
        label_visibility="collapsed",
    )
    show, reading = sections[section]
    st.caption(reading, width="content")
show(run, samples, palette())
show_next_steps("Latent space", "Anomalies", "Generate", "Train")
