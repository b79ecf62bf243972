"""The Features page: what codes are good for, what is in them, and codes as files."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base.theme import palette
from ui.features.sections import show_sections
from ui.shared.next_steps import show_next_steps
from ui.shared.run_bar import run_bar
from ui.shared.run_picker import samples_of

session.require_app()
run = run_bar("Features")
st.caption("What is in the numbers of a code, and what are they good for?")
show_sections(run, samples_of(run), palette())
show_next_steps("Anomalies", "Dimensions", "Generate")
