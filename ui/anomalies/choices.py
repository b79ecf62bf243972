"""What rows are judged by: the score, the classes that are odd, and where alarms begin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.anomalies import conformal
from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.anomalies.detectors import DETECTORS
from aecore.evaluation.anomalies.judging import Judged, judged, proposed_odd, titles_of
from aecore.evaluation.anomalies.proportions import exact
from aecore.evaluation.anomalies.scored_rows import COMMITTEE, UNTRAINED, ScoredRows
from aecore.evaluation.anomalies.scores import SCORES
from aecore.evaluation.anomalies.thresholds import THRESHOLDS, ThresholdSpec
from aecore.runs.layout import RunSummary
from ui.anomalies.retraining import offer_calibration
from ui.app import session
from ui.base.text import count, counted, verb

SCORE, RULE, AMOUNT, ODD, MOVED = "odd-score", "odd-rule", "odd-amount", "odd-classes", "odd-moved"
ODD_HELP = (
    "Classes whose rows are anomalies. With them the page tells how well these are found, and "
    "their rows no longer calibrate. The run itself never sees a label. Choose none to judge the "
    "scores without labels."
)
UNCALIBRATED = (
    "This run held no rows out to calibrate with, so that no rate of false alarms can be promised. "
    "Train again with a *Calibration share* above 0; until then, choose how many rows to review."
)
OF_COMMITTEE = "The mean first score of networks trained on the same rows from other seeds."
OF_UNTRAINED = "The default score of the same network as it was before it learned anything."
EQUAL = (
    "All scores are equal: nothing tells one row from another. Choose another score, or train for "
    "longer."
)


@dataclass(frozen=True)
class Cut:
    """Where alarms begin.

    Attributes:
        threshold: scores at or above it raise an alarm.
        rate: share of normal rows that do, with its 95 % interval.
        by_rule: whether the rule put it there, and no hand.
        told: what follows, in a sentence or two.
    """

    threshold: float
    rate: Estimate
    by_rule: bool
    told: str


def choose_score(run: RunSummary, scored: ScoredRows) -> tuple[Judged, tuple[int, ...]]:
    """A choice among all scores and detectors, and of the classes that are odd; and the latter."""
    titles = titles_of(scored)
    left, right = st.columns(2)
    key = _key(SCORE, run.run_id)
    session.forget_unless(key, titles)
    name = left.selectbox(
        "Score",
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        on_change=put_back,
        args=(run.run_id,),
        persist_state="session",
        help="How odd a row is; higher is odder. Detectors know nothing of the network.",
    )
    with right:
        odd = _choose_odd(run, scored)
    by = judged(scored, name, odd)
    left.caption(f"{_summary(name)} {_of_a_sample(scored, by)}")
    return by, odd


def use_score(run_id: str, name: str) -> None:
    """Judge rows by another score or detector from now on."""
    st.session_state[_key(SCORE, run_id)] = name
    put_back(run_id)


def choose_cut(run: RunSummary, by: Judged) -> Cut:
    """A choice of the rule and its number, unless a hand has moved the threshold.

    Where the rule cannot be kept, or there is nothing to set it for, says so and ends the page.
    """
    if len(by.scores) and np.ptp(by.scores) == 0:
        st.warning(EQUAL, icon=":material/warning:")
    if not len(by.calibration):
        st.info(UNCALIBRATED, icon=":material/info:")
        offer_calibration(run)
    run_id = run.run_id
    spec, amount = _choose_rule(run_id, by)
    try:
        found = by.threshold(spec.name, amount)
    except LabError as error:
        session.show_error(error)
        moved = st.session_state.get(_key(MOVED, run_id))
        if moved is None or not np.isfinite(by.scores).all():
            st.stop()
        return _moved(by, moved)
    moved = st.session_state.get(_key(MOVED, run_id))
    if moved is not None:
        return _moved(by, moved)
    note = f" {found.note}" if found.note else ""
    return Cut(found.threshold, found.normal_rate, True, f"{found.sentence}{note}")


def move(run_id: str, threshold: float) -> None:
    """Put the threshold where a hand has moved it."""
    st.session_state[_key(MOVED, run_id)] = threshold


def put_back(run_id: str) -> None:
    """Let the rule say again where alarms begin."""
    st.session_state.pop(_key(MOVED, run_id), None)


def _choose_odd(run: RunSummary, scored: ScoredRows) -> tuple[int, ...]:
    names = scored.class_names
    if scored.label is None or len(names) < 2:
        st.caption("These rows have no labels, so the page judges the scores without.")
        return ()
    proposed = proposed_odd(names, run.experiment.tree.data.classes)
    present = set(np.unique(scored.label).tolist())
    key = _key(ODD, run.run_id)
    if not set(st.session_state.get(key, ())) <= set(range(len(names))):
        del st.session_state[key]
    return tuple(
        st.multiselect(
            "Odd classes",
            range(len(names)),
            default=[index for index in proposed if index in present],
            format_func=lambda index: names[index],
            key=key,
            persist_state="session",
            placeholder="None: without labels",
            help=ODD_HELP,
        )
    )


def _choose_rule(run_id: str, by: Judged) -> tuple[ThresholdSpec, float]:
    offered = _offered(by)
    key = _key(RULE, run_id)
    session.forget_unless(key, offered)
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    rule = left.selectbox(
        "Alarms begin by",
        offered,
        format_func=lambda name: THRESHOLDS[name].title,
        key=key,
        on_change=put_back,
        args=(run_id,),
        persist_state="session",
        help="The rule that puts the threshold. You can drag it elsewhere.",
    )
    spec = THRESHOLDS[rule]
    amount = _choose_amount(middle, run_id, spec, by)
    right.button(
        "Back to the rule",
        icon=":material/undo:",
        on_click=put_back,
        args=(run_id,),
        disabled=_key(MOVED, run_id) not in st.session_state,
        key="odd-put-back",
        width="stretch",
    )
    st.caption(spec.summary + _instead(spec, by))
    return spec, amount


def _choose_amount(
    where: st.delta_generator.DeltaGenerator, run_id: str, spec: ThresholdSpec, by: Judged
) -> float:
    asked = spec.amount
    kind = int if asked.whole else float
    decimals = 4 if asked.low < 0.001 else 3 if asked.high <= 1 else 2
    return float(
        where.number_input(
            asked.title,
            kind(asked.low),
            kind(asked.high),
            kind(_default(spec, by)),
            step=1 if asked.whole else 0.01 if asked.high <= 1 else 0.5,
            format=None if asked.whole else f"%.{decimals}f",
            key=_key(f"{AMOUNT}-{spec.name}", run_id),
            on_change=put_back,
            args=(run_id,),
            persist_state="session",
        )
    )


def _instead(spec: ThresholdSpec, by: Judged) -> str:
    """Why the rule does not begin with the number that it usually does."""
    usual, rows = spec.amount.default, len(by.calibration)
    if _default(spec, by) == usual:
        return ""
    return (
        f" {usual:.0%} needs {conformal.rows_needed(usual):,} rows to calibrate with, and there "
        f"are {rows:,}; {_default(spec, by):.1%} is the nearest rate that can be promised."
    )


def _offered(by: Judged) -> list[str]:
    """Rules that have what they need, the promise first."""
    return [
        name
        for name, spec in THRESHOLDS.items()
        if (len(by.calibration) or not spec.needs_calibration)
        and (by.has_both or not spec.needs_labels)
    ]


def _default(spec: ThresholdSpec, by: Judged) -> float:
    """Where few rows calibrate, the nearest rate that can be promised."""
    rows = len(by.calibration)
    if not spec.needs_calibration or spec.amount.default >= 1:
        return spec.amount.default
    return max(spec.amount.default, conformal.nearest(rows))


def _summary(name: str) -> str:
    if name in SCORES:
        return SCORES[name].summary
    others = {UNTRAINED: OF_UNTRAINED, COMMITTEE: OF_COMMITTEE}
    return DETECTORS[name].summary if name in DETECTORS else others[name]


def _of_a_sample(scored: ScoredRows, by: Judged) -> str:
    rows, compared = len(scored.rows), len(by.rows)
    if compared == rows:
        return ""
    return f"It has seen a random sample of {count(compared)} of the {counted(rows, 'row')}."


def _moved(by: Judged, threshold: float) -> Cut:
    alarms, rows = int((by.scores >= threshold).sum()), len(by.scores)
    rate = exact(int((by.calibration >= threshold).sum()), len(by.calibration))
    told = (
        f"Moved by hand: {count(alarms)} of {counted(rows, 'row')} "
        f"{verb(alarms, 'raises', 'raise')} an alarm."
    )
    return Cut(threshold, rate, False, told)


def _key(what: str, run_id: str) -> str:
    return f"{what}-{run_id}"
