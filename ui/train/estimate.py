"""What the form's experiment would take of memory and time, against what there is."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.experiment.cost import Capacity, Cost, cost_of, shortage
from aecore.experiment.tree import ExperimentTree
from ui.app import session
from ui.base import text

KEPT_SECONDS = 5
MEMORY = "memory"


def too_large(tree: ExperimentTree) -> dict[str, str]:
    """`{MEMORY: sentence}` where less memory is free than the experiment takes; else empty."""
    expected = _expected(tree)
    if expected is None:
        return {}
    cost, there = expected
    short = shortage(cost, there.free)
    return {MEMORY: f"{short} Choose smaller layers or smaller batches."} if short else {}


def seconds(tree: ExperimentTree) -> float | None:
    """About how long training takes, in two digits; None while nobody knows."""
    expected = _expected(tree)
    if expected is None:
        return None
    return _seconds(*expected)


def sentence(tree: ExperimentTree) -> str:
    """About how much memory and time it takes; empty while nobody knows."""
    expected = _expected(tree)
    if expected is None:
        return ""
    cost, there = expected
    lasts = text.duration(_seconds(cost, there))
    memory, free = (text.rounded(size / 10**9, 2) for size in (cost.memory, there.free))
    return (
        f"Training takes about {memory} GB of memory, of {free} GB that are free, and about "
        f"{lasts} for {text.counted(tree.training.epochs, 'epoch')}."
    )


def show() -> None:
    """The sentence on the form's experiment, once it is known; it has its place before that."""
    with st.container(key="estimate"):
        st.caption(sentence(session.draft()))


def _seconds(cost: Cost, there: Capacity) -> float:
    """In two digits, so that an estimate is not read for more."""
    return float(f"{cost.seconds(there.speed):.2g}")


def _expected(tree: ExperimentTree) -> tuple[Cost, Capacity] | None:
    """What it takes and what there is; None while nobody knows both."""
    there = _capacity()
    if there is None:
        return None
    try:
        return cost_of(tree), there
    except LabError:
        # The form says elsewhere what is wrong.
        return None


def _capacity() -> Capacity | None:
    """What the worker has; None while a run takes part of it, or before it answers."""
    if not session.engine_is_up() or session.engine().state != "ready" or session.engine().active():
        return None
    return _asked()


@st.cache_resource(show_spinner=False, ttl=KEPT_SECONDS, max_entries=1)
def _asked() -> Capacity | None:
    try:
        return session.engine().capacity()
    except LabError:
        return None
