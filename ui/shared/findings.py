"""Findings on a run: what went wrong, with its evidence, a change to try, and whether it helped."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.finding import findings, findings_before
from aecore.diagnosis.helped import Helped, helped
from aecore.diagnosis.rules import RULES, Finding, Severity
from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from aecore.experiment.tree import ExperimentTree
from aecore.runs import kept_answers
from aecore.runs.diagnosing import run_facts
from aecore.runs.kept_answers import Answer
from aecore.runs.run_view import RunView
from ui.app import session
from ui.base import text
from ui.base.theme import palette
from ui.figures.curves import describe_curves, plot_curves
from ui.shared.loss_parts import curve_drawn, loss_unit

REFUSED = "change_refused"
LOOKS: dict[Severity, str] = {
    "serious": ":orange[:material/error:]",
    "note": ":blue[:material/info:]",
}
CURVE_WIDTH = 520


def show_findings(run_id: str, view: RunView) -> None:
    """What rules find in a run that has ended, and what became of the change that it tries."""
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        session.show_error(refused)
    facts = _facts(run_id)
    if facts is None:
        return
    _show_answer(run_id, view, facts)
    found = findings(facts)
    if not found:
        st.caption(f":material/check: None of {len(RULES)} checks found anything wrong.")
        return
    for finding in found:
        _show(run_id, finding)


def show_findings_before(edited: ExperimentTree) -> None:
    """What can be said before Start, a line each; nothing where all is well or parts do not fit."""
    try:
        experiment = Experiment.of(edited)
    except LabError:
        return
    for finding in findings_before(experiment):
        evidence, advice = text.plain(finding.evidence), text.plain(finding.advice)
        st.caption(f"{LOOKS[finding.severity]} **{finding.title}.** {evidence} {advice}")


def _show(run_id: str, finding: Finding) -> None:
    with st.container(border=True):
        st.markdown(
            f"{LOOKS[finding.severity]} **{finding.title}.** {text.plain(finding.evidence)}"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(text.plain(finding.advice), width="stretch")
            if finding.change is None:
                return
            st.button(
                "Try this change",
                icon=":material/build:",
                key=f"try-{finding.rule}",
                on_click=_try,
                args=(run_id, finding.rule, finding.change),
                disabled=session.is_live(),
                help="Trains it as a new run, and says whether it helped",
            )


def _try(run_id: str, rule: str, change: Experiment) -> None:
    """Train a change as a run that remembers what it answers, and look at it."""
    try:
        trying = session.engine().train(change)
        kept_answers.keep(session.store(), trying, Answer(run_id, rule))
        session.use_settings(StoredExperiment.from_dict(change.to_dict()))
        session.open_run(trying)
    except LabError as error:
        st.session_state[REFUSED] = error


def _show_answer(run_id: str, view: RunView, facts: RunFacts) -> None:
    """Whether the change helped that this run tries: both curves side by side."""
    try:
        answer = kept_answers.load(session.store(), run_id)
        if answer is None:
            return
        before, earlier = session.view(answer.run_id), _facts(answer.run_id)
    except LabError:
        # The run that it answers may have been deleted.
        return
    if earlier is None:
        return
    _show_helped(helped(answer.rule, earlier, facts))
    for column, title, shown in zip(
        st.columns(2), ("Before", "With the change"), (before, view), strict=True
    ):
        column.caption(title)
        _curve(column, shown)
    st.button(
        "Back to the run before",
        icon=":material/undo:",
        on_click=session.open_run,
        args=(answer.run_id,),
    )


def _show_helped(found: Helped) -> None:
    icon = ":green[:material/check_circle:]" if found.gone else ":orange[:material/error:]"
    st.markdown(f"{icon} **Did it help?** {text.plain(found.sentence)}")


def _curve(where: DeltaGenerator, view: RunView) -> None:
    drawn = curve_drawn(view)
    unit = loss_unit(view.experiment)
    where.image(
        plot_curves(view, unit, palette(), CURVE_WIDTH, drawn=drawn),
        width="stretch",
        alt=describe_curves(view, drawn),
    )


def _facts(run_id: str) -> RunFacts | None:
    """The facts of a run that has ended; None where they cannot be read."""
    try:
        session.view(run_id)
        return _kept_facts(run_id)
    except LabError:
        return None


@st.cache_resource(show_spinner=False, max_entries=32)
def _kept_facts(run_id: str) -> RunFacts | None:
    try:
        samples = session.store().samples(run_id)
    except LabError:
        # A run that failed has a curve and no samples.
        samples = None
    return run_facts(session.view(run_id), samples)
