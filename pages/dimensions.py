"""The Dimensions page: how many numbers a code needs, and why."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base.theme import palette
from ui.dimensions.findings import show_findings
from ui.dimensions.measuring import measured_dimensions
from ui.dimensions.one_training import offer_one_training
from ui.shared.first_numbers import is_ordered
from ui.shared.next_steps import show_next_steps
from ui.shared.run_bar import run_bar

READING = "How many numbers does a code of this data need, and what does each further one bring?"

session.require_app()
if not any(run.ended for run in session.store().summaries()):
    st.title("Dimensions", anchor=False)
    st.caption(READING)
    offer_one_training(session.draft())
    st.stop()
run = run_bar("Dimensions")
st.caption(READING)
if not is_ordered(run):
    offer_one_training(run.experiment.tree)
show_findings(run, measured_dimensions(run), palette())
show_next_steps("Train", "Features", "Runs")
