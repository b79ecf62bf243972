"""The verdict on a run as a line: whether it is any good, and what to try."""

from __future__ import annotations

import streamlit as st

from aecore.diagnosis.verdict import Tone, Verdict, verdict
from aecore.evaluation.metrics import MAIN
from aecore.experiment.data_facts import known_facts
from aecore.runs.layout import RunSummary
from aecore.runs.run_view import RunView
from ui.base.text import plain

LOOKS: dict[Tone, tuple[str, str]] = {
    "good": ("green", "check_circle"),
    "fair": ("blue", "info"),
    "bad": ("orange", "error"),
    "unknown": ("gray", "help"),
}


def verdict_of(run: RunSummary | RunView) -> Verdict:
    """How a run did, from its settings and figures."""
    known = known_facts(run.experiment.tree) if run.experiment.source else None
    tree = run.experiment.tree if run.experiment.is_whole else None
    return verdict(run.metrics, tree, known.kind if known else "table")


def verdict_line(found: Verdict) -> str:
    """The verdict as Markdown: a sign, what was found in bold, and what to try."""
    colour, icon = LOOKS[found.tone]
    advice = f" {plain(found.advice)}" if found.advice else ""
    return f":{colour}[:material/{icon}:] **{plain(found.line)}.**{advice}"


def show_verdict(run: RunSummary) -> None:
    """One line on how a run did; nothing of a run that has no figures."""
    if MAIN.name in run.metrics:
        st.markdown(verdict_line(verdict_of(run)))
