"""The first visit: what an autoencoder is, a sample on its way through one, and where to begin."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base import text
from ui.base.theme import palette
from ui.figures import first_look
from ui.train import estimate, example, start

SENTENCE = (
    "**An autoencoder learns to write each sample down in a few numbers, and to rebuild it from "
    "them.** What comes back shows what it has understood."
)
# Until the worker can say how long the form's own experiment takes.
USUAL_SECONDS = 10
EXAMPLE = "example_open"


def show() -> None:
    """A sentence, a real sample with its code and reconstruction, and three ways to begin."""
    found = example.sample()
    with st.container(border=True, key="welcome"):
        st.markdown(SENTENCE)
        st.image(
            first_look.plot_first_look(found.original, found.code, found.reconstruction, palette()),
            width="stretch",
            alt=first_look.describe_first_look(found.original, found.code),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            seconds = text.duration(estimate.seconds(session.draft()) or USUAL_SECONDS)
            st.button(
                f"Train my first (about {seconds})",
                key="train_first",
                type="primary",
                icon=":material/play_arrow:",
                disabled=start.is_waiting() or bool(session.problems()),
                on_click=start.start,
            )
            st.button(
                "Look at an example run",
                key="open_example",
                icon=":material/monitoring:",
                on_click=_open_example,
            )
            st.page_link("pages/data.py", label="Use my own file", icon=":material/upload_file:")


def is_at_example() -> bool:
    """Whether the example stands where a run would."""
    return bool(st.session_state.get(EXAMPLE)) and session.current_run_id() is None


def example_line() -> None:
    """What the example is, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            "**An example run**, kept with the lab: handwritten digits in 16 numbers each. "
            "Press **Start** for one of your own."
        )
        st.button("Close the example", key="close_example", on_click=_close_example)


def _open_example() -> None:
    st.session_state[EXAMPLE] = True


def _close_example() -> None:
    st.session_state[EXAMPLE] = False
