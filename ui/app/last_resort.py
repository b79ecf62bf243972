"""`tell`: what is on screen when something failed that no page foresaw: never a traceback.

What a tab holds, its draft above all, stays as it is. The log of the app has the traceback.
"""

from __future__ import annotations

import uuid

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from aecore.errors import LabError
from aecore.experiment import Experiment
from ui.app import session

CAUSE = "This page met an error that nobody foresaw"
REMEDY = (
    "Your settings, runs and files are kept. Draw the page again; if it fails again, open another "
    "page, or begin afresh. The log of the app has the details."
)


def tell(error: Exception) -> bool:
    """Say what happened and offer the ways out; for Streamlit, whether it need say nothing more."""
    if isinstance(error, LabError):
        session.show_error(error)
    else:
        st.error(f"**{CAUSE} ({type(error).__name__}).** {REMEDY}", icon=":material/error:")
    with st.container(horizontal=True):
        # Several parts of a page may fail at once, and no two buttons may have one name.
        name = uuid.uuid4().hex
        st.button("Draw the page again", icon=":material/refresh:", key=f"again-{name}")
        st.button(
            "Begin afresh",
            icon=":material/restart_alt:",
            key=f"afresh-{name}",
            on_click=_begin_afresh,
            help="Puts the form back to what it is at first and closes the open run. Runs and "
            "files stay.",
        )
    return True


def _begin_afresh() -> None:
    """Forget all that this tab holds, which its next run then begins with anew."""
    st.session_state.clear()
    context = get_script_run_ctx()
    if context is not None:
        # Controls without a key are in it too, by Streamlit's own names for them.
        for control in context.session_state.get_widget_states():
            del context.session_state[control.id]
    session.set_draft(Experiment())
    st.session_state[session.NOTES] = []
