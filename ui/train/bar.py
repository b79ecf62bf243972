"""The bar at the top of Train: what is trained, Start and Stop, how far it is and what came of it.

It stays in sight while the page is scrolled, so that the answer to Start and Stop is where they
were pressed.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aecore.data import title_of
from aecore.experiment.presets import PRESETS
from aecore.runs.run_view import RunView
from ui.app import session
from ui.base import text
from ui.base.theme import palette
from ui.form import drafts, starting_points
from ui.train import ending, progress, start

HIDDEN = "form_hidden"
FORM_IN_ADDRESS, HIDDEN_IN_ADDRESS = "form", "hidden"


def show(wrong: dict[str, str], run_id: str | None, live: bool, view: RunView | None) -> None:
    """The bar, and under it why Start is off or was refused.

    Args:
        wrong: field path -> sentence; not empty, Start is off.
        live: whether the run is queued or running.
        view: the open run as it is now, where there is one.
    """
    _style()
    with st.container(key="train-bar"):
        name, status, actions = st.columns([3, 5, 4], vertical_alignment="center")
        with name, st.container(key="train-name"):
            st.title("Train an autoencoder", anchor=False)
            st.caption(_what())
        with status, st.container(key="train-status"):
            _status(run_id, live, view)
        with actions, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            _form_switch()
            start.buttons(wrong, run_id, live)
        start.messages(wrong)


def shows_form() -> bool:
    """Whether the form is on screen; a link can hide it, so that a run has the whole width."""
    if HIDDEN not in st.session_state:
        asked = session.asked_of_page(FORM_IN_ADDRESS)
        st.session_state[HIDDEN] = asked == HIDDEN_IN_ADDRESS
    hidden: bool = st.session_state[HIDDEN]
    session.put_in_address({FORM_IN_ADDRESS: HIDDEN_IN_ADDRESS} if hidden else {})
    return not hidden


def parts() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The places of the form and of the run."""
    if shows_form():
        form, run = st.columns([3, 8], gap="medium")
        return form, run.container(key="train-run")
    return st.container(), st.container(key="train-run")


def _what() -> str:
    """The data set and the preset of the form."""
    preset = drafts.matching_preset()
    title = PRESETS[preset].title if preset else starting_points.OWN
    return f"{text.plain(title_of(session.draft().data.source))} · {title}"


def _status(run_id: str | None, live: bool, view: RunView | None) -> None:
    """How far the run is, what came of it, or what a run would take."""
    if live and run_id is not None:
        progress.show(run_id)
    elif view is not None:
        ending.show_outcome(view)
    elif not start.worker_is_ready():
        st.caption(start.WARMING)
    else:
        epochs = text.counted(session.draft().training.epochs, "epoch")
        st.caption(f"Ready to train {epochs}: press **Start**.")


def _form_switch() -> None:
    shown = shows_form()
    st.button(
        "Hide the form" if shown else "Show the form",
        key="form_switch",
        type="tertiary",
        icon=":material/left_panel_close:" if shown else ":material/left_panel_open:",
        help="A run has the whole width without the form; the address keeps it so.",
        on_click=_switch_form,
    )


def _switch_form() -> None:
    st.session_state[HIDDEN] = not st.session_state.get(HIDDEN, False)


def _style() -> None:
    """Above the page's own parts, below menus; in columns under each other without its title."""
    st.html(
        """<style>
.stMainBlockContainer { padding-top: 3.75rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-train-bar) {
  position: sticky; top: 3.5rem; z-index: 90;
}
.st-key-train-bar {
  padding: 0.5rem 0; border-bottom: 1px solid;
  max-height: 70vh; overflow-y: auto; gap: 0.5rem;
}
.st-key-train-bar h1 { font-size: 1.25rem; line-height: 1.4; padding: 0; }
.st-key-train-name { gap: 0; }
.st-key-train-name [data-testid="stHeading"] { margin-bottom: 1rem; }
.st-key-train-status { gap: 0.1rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-train-status), .st-key-train-status {
  height: 3.4rem; min-height: 3.4rem; max-height: 3.4rem; flex: none; overflow: hidden;
}
.st-key-train-run { gap: 0.5rem; }
.st-key-estimate { min-height: 3.6rem; }
@media (max-width: 1100px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-train-status), .st-key-train-status {
    height: 5.2rem; min-height: 5.2rem; max-height: 5.2rem;
  }
}
@media (max-width: 640px) {
  .st-key-train-bar h1 { display: none; }
  .st-key-train-bar [data-testid="stHorizontalBlock"] { gap: 0.35rem; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-train-status), .st-key-train-status {
    height: 5rem; min-height: 5rem; max-height: 5rem;
  }
}
</style>"""
    )
    # As in ui/base/theme.py.
    if palette().dark:
        st.html("<style>.st-key-train-bar { background: #11161d; border-color: #2a3340; }</style>")
    else:
        st.html("<style>.st-key-train-bar { background: #ffffff; border-color: #e4e8ee; }</style>")
