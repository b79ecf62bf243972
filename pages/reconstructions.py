"""The Reconstructions page: what the autoencoder makes of samples it was not trained on."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base.theme import palette
from ui.reconstructions.film import show_film
from ui.reconstructions.samples import show_samples
from ui.shared import first_numbers
from ui.shared.loss_parts import show_quantities
from ui.shared.metric_row import show_metrics
from ui.shared.run_picker import pick_run, samples_of
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
st.title("Reconstructions", anchor=False)
run = pick_run()
samples = samples_of(run)
show_metrics(run.metrics, run.experiment)
show_quantities(run.experiment, run.metrics)
sections = SECTIONS | (ORDERED if first_numbers.is_ordered(run) else {})
section = st.segmented_control(
    "Show", list(sections), default="Samples", required=True, key="reconstructions-section"
)
show, reading = sections[section]
st.caption(reading)
show(run, samples, palette())
