"""What does the autoencoder make of samples it was not trained on?"""

from __future__ import annotations

import streamlit as st

from ui import session
from ui.film import show_film
from ui.loss_parts import show_figures
from ui.metric_row import show_metrics
from ui.reconstruction_samples import show_samples
from ui.run_picker import pick_run, samples_of
from ui.theme import palette
from ui.trial import show_trial

SECTIONS = {
    "Samples": (show_samples, "Held-out samples beside what the decoder makes of their codes."),
    "Over time": (
        show_film,
        "The same samples, codes and errors from the first epoch to the last.",
    ),
    "Try your own": (show_trial, "Something new for this model, and where its code comes to lie."),
}

session.require_app()
st.title("Reconstructions", anchor=False)
run = pick_run()
samples = samples_of(run)
show_metrics(run.metrics)
show_figures(run.experiment, run.metrics)
section = st.segmented_control(
    "Show", list(SECTIONS), default="Samples", required=True, key="reconstructions-section"
)
show, reading = SECTIONS[section]
st.caption(reading)
show(run, samples, palette())
