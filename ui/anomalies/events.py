"""Events: alarms of a series as a person meets them, one where something begins, then silence."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import streamlit as st

from aecore.errors import DataError
from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.anomalies.events import (
    EventDetection,
    EventRule,
    assess_events,
    raise_events,
    true_events,
)
from aecore.evaluation.anomalies.judging import ODD
from ui.anomalies.review import Looked
from ui.app import session
from ui.base.text import NOT_YET, count, counted, rounded, short
from ui.base.theme import Palette
from ui.figures.events import plot_events
from ui.shared.metric_row import show_beside

USUAL = EventRule()
MOST = 1000
OF_A_SAMPLE = (
    "Events need all rows in their order, and this detector has seen a sample of them. Choose one "
    "of the run’s own scores."
)
ORDER = (
    "Rows stand in the order of their numbers; where a number is left out, a new stretch begins. "
    "An event counts as found if an alarm is raised within it, however long it is."
)


def show_events(looked: Looked, palette: Palette) -> None:
    """The rule for events, the scores over time, and how the events meet the true ones."""
    by = looked.by
    if len(by.rows) < len(looked.scored.rows):
        st.info(OF_A_SAMPLE, icon=":material/info:")
        return
    rule = _choose_rule()
    if rule is None:
        return
    order = np.argsort(by.rows, kind="stable")
    rows, scores = by.rows[order], by.scores[order]
    begins, stride = _begins(rows)
    raised = raise_events(scores, looked.cut.threshold, rule, begins)
    odd = None if by.kind is None else by.kind[order] == ODD
    events = np.empty((0, 2), int) if odd is None else true_events(odd, begins)
    st.caption(f"{rule.sentence} {ORDER}")
    if odd is not None:
        _show_found(assess_events(raised, odd, begins, stride))
    else:
        st.markdown(f"Raised: **{counted(len(raised), 'event')}**.")
    st.plotly_chart(
        plot_events(rows, scores, looked.cut.threshold, raised, events, by.title, palette),
        theme=None,
        key="odd-events",
        config={"displayModeBar": False},
        alt=f"Scores over {counted(len(rows), 'row')}, with {counted(len(raised), 'event')} raised",
    )
    if len(raised):
        _show_list(rows, scores, raised, odd)


def _choose_rule() -> EventRule | None:
    needed, of, silence = st.columns(3)
    chosen = (
        needed.number_input("Steps above the threshold", 1, MOST, USUAL.needed, key="event-needed"),
        of.number_input("Of so many on end", 1, MOST, USUAL.of, key="event-of"),
        silence.number_input("Then silence for steps", 0, MOST, USUAL.silence, key="event-silence"),
    )
    try:
        return EventRule(*chosen)
    except DataError as error:
        session.show_error(error)
        return None


def _begins(rows: np.ndarray) -> tuple[np.ndarray, int]:
    """Whether a new stretch begins at each row, and the usual step from one row to the next."""
    steps = np.diff(rows)
    stride = int(np.median(steps)) if len(steps) else 1
    begins = np.zeros(len(rows), dtype=bool)
    begins[1:] = steps > max(1, stride)
    begins[:1] = True
    return begins, max(1, stride)


def _show_found(found: EventDetection) -> None:
    st.markdown(found.sentence)
    recall, delay, false = st.columns(3)
    show_beside(
        recall,
        "Events found",
        f"{count(found.found)} of {count(found.events)}",
        _between(found.recall),
        "True events within which an alarm is raised; never point-adjusted.",
    )
    show_beside(
        delay,
        "Median delay",
        NOT_YET if math.isnan(found.delay) else f"{found.delay:g}",
        "steps",
        "From the beginning of a found event to its first alarm.",
    )
    show_beside(
        false,
        "False events",
        count(found.false_alarms),
        f"{short(found.false_rate, 2)} in 1,000 normal steps",
        "Events that are raised outside of all true ones.",
    )


def _between(recall: Estimate) -> str:
    if math.isnan(recall.low):
        return "no true events"
    return f"95 %: {recall.low:.0%} to {recall.high:.0%}"


def _show_list(
    rows: np.ndarray, scores: np.ndarray, raised: np.ndarray, odd: np.ndarray | None
) -> None:
    table = {"Row": rows[raised], "Score": [rounded(score) for score in scores[raised].tolist()]}
    if odd is not None:
        table["Within a true event"] = odd[raised]
    st.dataframe(pd.DataFrame(table), hide_index=True)
