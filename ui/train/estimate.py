"""What the form's experiment would take of memory and time, against what there is."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.experiment.cost import Capacity, cost_of, shortage
from aecore.experiment.tree import ExperimentTree
from ui.app import session
from ui.base import text

KEPT_SECONDS = 5
MEMORY = "memory"


def too_large(tree: ExperimentTree) -> dict[str, str]:
    """`{MEMORY: sentence}` where less memory is free than the experiment takes; else empty."""
    there = _capacity()
    if there is None:
        return {}
    try:
        short = shortage(cost_of(tree), there.free)
    except LabError:
        # The form says elsewhere what is wrong.
        return {}
    return {MEMORY: f"{short} Choose smaller layers or smaller batches."} if short else {}


def sentence(tree: ExperimentTree) -> str:
    """About how much memory and time it takes; empty while nobody knows."""
    there = _capacity()
    if there is None:
        return ""
    try:
        cost = cost_of(tree)
    except LabError:
        return ""
    seconds = text.duration(_roughly(cost.seconds(there.speed)))
    memory = text.megabytes(_roughly(cost.memory))
    return (
        f"Training takes about {memory} of memory, of {text.megabytes(there.free)} that are free, "
        f"and about {seconds} for {text.count(tree.training.epochs)} epochs."
    )


def _roughly(amount: float) -> int:
    """An estimate in two digits, so that it is not read for more."""
    return int(float(f"{amount:.2g}"))


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
