"""Whose a run is, and showing it to the others."""

from __future__ import annotations

import streamlit as st

from aecore.runs.layout import RunSummary
from ui.app import session
from ui.app.sign_in import offer_sign_out

PUBLISHED = "for all"
KEPT_FOR_A_VISIT = (
    "Nobody else sees your runs and files. They are deleted {minutes:g} minutes after you close "
    "your last page of this lab."
)
KEPT = "Nobody else sees your runs and files, but for runs that you publish."


def show_promise() -> None:
    """What becomes of a visitor's runs, where there are others."""
    mode = session.access().mode
    if not mode.tells_apart:
        return
    minutes = mode.forgets_after
    st.caption(KEPT if minutes is None else KEPT_FOR_A_VISIT.format(minutes=minutes))
    offer_sign_out()


def owns(run: RunSummary) -> bool:
    """Whether the run is the visitor's own, to change and delete."""
    return session.access().owns(run.visitor)


def whose(run: RunSummary) -> str | None:
    """Whose a run is, in a word or two; None where visitors are not told apart."""
    if not session.access().mode.tells_apart:
        return None
    if not owns(run):
        return PUBLISHED
    return f"yours, {PUBLISHED}" if run.is_published else "yours"


def publish_button(run: RunSummary) -> bool:
    """A button that shows the run to all, or no longer; whether it was pressed."""
    if not session.access().mode.publishes:
        return False
    if run.is_published:
        return st.button(
            "Withdraw",
            icon=":material/visibility_off:",
            key="publish",
            help="Only you see it then.",
        )
    return st.button(
        "Publish",
        icon=":material/group:",
        key="publish",
        help="All visitors can then look at it, with its samples and model. They change nothing.",
    )
