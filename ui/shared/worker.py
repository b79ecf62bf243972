"""The worker: whether it answers, and what is on screen until it does."""

from __future__ import annotations

import streamlit as st

from ui.app import session

WARMING = "The worker that runs the model is still getting ready, which takes some seconds."
LOOK_SECONDS = 1.0


def is_ready() -> bool:
    """Whether the worker answers; if not, says so and draws the page again once it does."""
    if session.engine().state == "ready":
        return True
    st.info(WARMING, icon=":material/hourglass_top:")
    st.fragment(_wait, run_every=LOOK_SECONDS)()
    return False


def offer_again() -> None:
    """A button for what the worker could not do just now."""
    # The click alone draws this part of the page again.
    st.button("Try again", icon=":material/refresh:", key="worker-again")


def _wait() -> None:
    if session.engine().state == "ready":
        st.rerun()
