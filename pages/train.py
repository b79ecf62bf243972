"""Train: choose data and model, start, and watch the autoencoder learn."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base import text
from ui.form import fields, folds, starting_points
from ui.train import bar, beside, ending, estimate, live, model_panel

session.require_app()
beside.continue_latest()
wrong = session.problems() or estimate.too_large(session.draft())
run_id, live_now = session.current_run_id(), session.is_live()
view = beside.opened_view(run_id)
bar.show(wrong, run_id, live_now, view)

if session.notes():
    with st.container(border=True):
        for note in session.notes():
            st.markdown(text.plain(note))
        st.button("Dismiss", on_click=session.dismiss_notes)

form, right = bar.parts()
with fields.drawing(), form:
    if bar.shows_form():
        starting_points.choose()
        folds.experiment_form(wrong)
        estimate.show()

with right:
    model_panel.panel(session.draft())
    live.panel(run_id, live_now, view)
    if run_id is None and session.engine_is_up():
        live.load_ahead()
    if run_id is not None and view is not None and view.ended and not live_now:
        ending.show_details(run_id, view)
    model_panel.layers_table(session.draft())
