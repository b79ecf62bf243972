"""The sign that something trains, on every page but the one that shows it whole."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.runs.run_view import RunView
from ui.app import session
from ui.base.text import count, duration, plain

TICK_SECONDS = 2.0
# The page where a run is watched; its path is that of the app itself.
WATCHED_ON = ("", "train")
BAR_WIDTH = 120


def show_sign(page: str) -> None:
    """How far the run under way is, on any page; nothing where none is, and on Train.

    Args:
        page: the one that is drawn, by its path.
    """
    if page in WATCHED_ON or not session.engine_is_up():
        return
    active = session.engine().active()
    if active:
        st.fragment(_sign, run_every=TICK_SECONDS)(active[0], len(active) - 1)


def _sign(run_id: str, waiting: int) -> None:
    try:
        view, name = session.view(run_id), _name(run_id)
    except LabError:
        # It was deleted meanwhile.
        return
    with st.container(
        horizontal=True, vertical_alignment="center", key="running-sign", width="content"
    ):
        # It lies over the page, so that nothing moves as it comes and goes.
        st.html(
            "<style>.st-key-running-sign { position: fixed; bottom: 0.75rem; right: 1rem; "
            "width: auto !important; max-width: calc(100vw - 2rem); z-index: 99; "
            "padding: 0.35rem 1rem; border-radius: 999px; background: Canvas; "
            "box-shadow: 0 1px 8px rgba(100, 110, 130, 0.55); } "
            "[data-testid=stLayoutWrapper]:has(> .st-key-running-sign) { position: absolute; }"
            "</style>"
        )
        st.caption(f"**{plain(name)}** {plain(_doing(view, waiting))}", width="content")
        if not view.ended:
            st.progress(view.share_done or 0.0, width=BAR_WIDTH)
        if st.button("See it" if view.ended else "Watch it", type="tertiary", key="watch-running"):
            session.open_run(run_id)
            st.switch_page("pages/train.py")


def _doing(view: RunView, waiting: int) -> str:
    if view.ended:
        return view.state
    if not view.epochs_done:
        return "is about to train"
    left = "" if view.seconds_left is None else f", {duration(view.seconds_left)} left"
    more = f"; {count(waiting)} more after it" if waiting else ""
    return f"epoch {count(view.epochs_done)} of {count(view.epochs_planned)}{left}{more}"


@st.cache_data(show_spinner=False, max_entries=64, ttl=60)
def _name(run_id: str) -> str:
    return session.store().summary(run_id).name
