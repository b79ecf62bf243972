"""Contamination: training again with a chosen share of odd rows among those that train."""

from __future__ import annotations

import math

import streamlit as st

from aecore.data import sheet
from aecore.errors import DataError
from ui.anomalies.retraining import offer_contamination
from ui.anomalies.review import Looked

STEP, MOST = 0.005, 0.5
READING = (
    "How much does it harm a network that some of its training rows are odd? The run’s experiment "
    "is trained again on rows of the normal classes and so many of the odd ones; 0 is normal rows "
    "alone. The odd rows that do not train are scored with those held out."
)
WITHOUT_CLASSES = (
    "Choose *Odd classes* above, so that it is known which rows are odd. One class must stay "
    "normal."
)
NO_ROWS = "There are no odd rows to train on: the data set has none of the odd classes."


def show_contamination(looked: Looked) -> None:
    """The slider, and the button that trains again."""
    run, names = looked.run, looked.scored.class_names
    odd = {names[place] for place in looked.odd_classes}
    normal = [name for name in names if name not in odd]
    if not odd or not normal:
        st.info(WITHOUT_CLASSES, icon=":material/info:")
        return
    most = most_contamination(looked, normal)
    st.caption(READING)
    if most < STEP:
        st.info(NO_ROWS, icon=":material/info:")
        return
    share = st.slider(
        "Odd rows among the training rows",
        0.0,
        most,
        min(run.experiment.tree.data.contamination or 0.0, most),
        STEP,
        format="percent",
        key=f"odd-contamination-{run.run_id}",
        persist_state="session",
        help="So many of all training rows are of the odd classes.",
    )
    offer_contamination(run, normal, share)


def most_contamination(looked: Looked, normal: list[str]) -> float:
    """The largest share that the odd rows of the run's data set allow, in steps of the slider."""
    data = looked.run.experiment.tree.data
    counts = _class_rows(looked)
    odd = sum(rows for name, rows in counts.items() if name not in normal)
    used = sum(rows for name, rows in counts.items() if name in normal)
    used = min(used, data.rows or used)
    held_out = data.validation_fraction + data.test_fraction + data.calibration_fraction
    train = math.ceil(used * (1 - held_out)) + 1
    return min(MOST, math.floor(odd / (odd + train) / STEP) * STEP)


def _class_rows(looked: Looked) -> dict[str, int]:
    """Rows of each class in the run's data set, as its scoring counted them or its sheet says."""
    counted: dict[str, int] = looked.scored.about.get("class_rows", {})
    if counted:
        return counted
    data = looked.run.experiment.tree.data
    try:
        return dict(sheet(data.source, data.reading).classes)
    except DataError:
        return {}
