"""The Runs page: what was trained so far, and how it went."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.runs.deletion import offer_undo
from ui.runs.mlflow_screens import show_way_to_mlflow
from ui.runs.run_actions import show_actions
from ui.runs.runs_table import choose_runs, show_table
from ui.runs.space import show_forgetting, show_space
from ui.runs.whose import show_promise
from ui.shared.next_steps import show_next_steps

session.require_app()
st.title("Runs", anchor=False)
st.caption(
    "Every run is kept with its settings, curve, samples and model. Select a row to open it, "
    "rename it or delete it."
)

show_promise()
offer_undo()
show_forgetting()
runs = session.store().summaries()
if not runs:
    st.info(
        "No run yet. A run appears here as soon as you start it on the Train page, and stays "
        "until you delete it.",
        icon=":material/info:",
    )
    st.page_link("pages/train.py", label="Train the first one", icon=":material/model_training:")
else:
    show_actions(show_table(choose_runs(runs)))
show_space()
if runs:
    show_way_to_mlflow()
    show_next_steps("Train", "Data")
