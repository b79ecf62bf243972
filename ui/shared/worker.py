"""The worker: whether it answers, and what is on screen until it does."""

from __future__ import annotations

import streamlit as st

from ui.app import session

STARTING = ":material/hourglass_top: The engine is starting."
WARMING = "The worker that runs the model is still getting ready, which takes some seconds."
LOOK_SECONDS = 1.0


def wait_for_engine() -> None:
    """Say that the engine is starting, or why it does not; draw the page again once it is up."""
    st.fragment(_look_for_engine, run_every=LOOK_SECONDS)()


def is_ready() -> bool:
    """Whether the worker answers; if not, says so and draws the page again once it does."""
    if session.engine().state == "ready":
        return True
    st.fragment(_wait, run_every=LOOK_SECONDS)()
    return False


def show_trouble() -> None:
    """Why no worker is there for what waits; nothing while all is well."""
    trouble = session.engine().trouble
    if trouble is not None:
        session.show_error(trouble)


def offer_again() -> None:
    """A button for what the worker could not do just now."""
    # The click alone draws this part of the page again.
    st.button("Try again", icon=":material/refresh:", key="worker-again")


def _look_for_engine() -> None:
    if session.engine_is_up():
        st.rerun()
    trouble = session.engine_trouble()
    if trouble is None:
        st.caption(STARTING)
    else:
        session.show_error(trouble)


def _wait() -> None:
    engine = session.engine()
    if engine.state == "ready":
        st.rerun()
    if engine.trouble is None:
        st.info(WARMING, icon=":material/hourglass_top:")
    show_trouble()
