"""The Features page: what codes are good for, what is in them, and codes as files."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base.theme import palette
from ui.features.sections import show_sections
from ui.shared.run_picker import pick_run, samples_of

session.require_app()
st.title("Features", anchor=False)
st.caption("What is in the numbers of a code, and what are they good for?")
run = pick_run()
show_sections(run, samples_of(run), palette())
