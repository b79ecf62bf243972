"""Train: choose data and model, start, and watch the autoencoder learn."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base import text
from ui.form import fields, forms
from ui.train import estimate, live, model_panel, start

session.require_app()
wrong = session.problems() or estimate.too_large(session.draft())
run_id, live_now = session.current_run_id(), session.is_live()

title, actions = st.columns([3, 2], vertical_alignment="center")
with title:
    st.title("Train an autoencoder", anchor=False)
with actions:
    start.buttons(wrong, run_id, live_now)
start.messages(wrong)

if session.notes():
    with st.container(border=True):
        for note in session.notes():
            st.markdown(text.plain(note))
        st.button("Dismiss", on_click=session.dismiss_notes)

with fields.drawing():
    forms.preset_pills()
    form, right = st.columns([4, 7], gap="medium")
    with form:
        forms.experiment_form(wrong)

with right:
    model, training = st.tabs(
        [start.MODEL_PART, start.RUN_PART],
        default=start.RUN_PART if run_id else start.MODEL_PART,
        key=start.PART,
        on_change="rerun",
    )
if model.open:
    with model:
        model_panel.panel(session.draft())
        if session.engine_is_up():
            live.load_ahead()
if training.open:
    with training:
        live.panel(run_id, live_now)
