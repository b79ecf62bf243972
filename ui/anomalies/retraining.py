"""Training again: the form filled with a run's settings and what was learned from its scores."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from aecore.data.row_numbers import numbers_of, text_of
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import counted
from ui.form import drafts
from ui.train import start

LEFT_OUT, FORCED_IN = "data.left_out_rows", "data.forced_rows"
CALIBRATION, CLASSES, CONTAMINATION = (
    "data.calibration_fraction",
    "data.classes",
    "data.contamination",
)
SHARE = 0.2
TRAIN = "pages/train.py"
FORCING = (
    "They train whatever else is chosen, and are not held out. Those that calibrate stay there: "
    "without such rows, the rest would promise too few false alarms."
)


def offer_by_marks(run: RunSummary, odd: Collection[int], normal: Collection[int]) -> None:
    """What the next training is to do with marked rows, and a button that opens the form so."""
    with st.container(horizontal=True, vertical_alignment="center"):
        leaves = bool(odd) and st.checkbox(
            f"Leave out {counted(len(odd), 'row')} marked odd", value=True, key="odd-leave-out"
        )
        forces = bool(normal) and st.checkbox(
            f"Force in {counted(len(normal), 'row')} marked normal",
            key="odd-force-in",
            help=FORCING,
        )
        if st.button(
            "Train again by the marks",
            icon=":material/model_training:",
            on_click=_by_marks,
            args=(run, odd if leaves else (), normal if forces else ()),
            disabled=not (leaves or forces),
            key="odd-train-by-marks",
            help="Fills the form on the page Train with the settings of this run and these rows.",
        ):
            st.switch_page(TRAIN)


def offer_calibration(run: RunSummary) -> None:
    """A button that opens the form with a part of the rows held out to calibrate."""
    if st.button(
        "Train again with rows to calibrate with",
        icon=":material/model_training:",
        on_click=_calibrate,
        args=(run,),
        disabled=not run.experiment.values,
        key="odd-train-calibrated",
        help=f"Fills the form on the page Train with the settings of this run and a calibration "
        f"share of {SHARE:.0%}.",
    ):
        st.switch_page(TRAIN)


def offer_contamination(run: RunSummary, normal: Collection[str], share: float) -> None:
    """A button that trains the run's experiment again, with this share of odd training rows.

    Args:
        normal: names of the classes that are called normal.
        share: 0 for normal rows alone.
    """
    if st.button(
        "Train again with this contamination",
        type="primary",
        icon=":material/model_training:",
        on_click=_contaminate,
        args=(run, normal, share),
        disabled=not run.experiment.values,
        key="odd-train-contaminated",
        help="Starts a new run with the settings of this one. You see it learn on the page Train.",
    ):
        st.switch_page(TRAIN)


def _by_marks(run: RunSummary, odd: Collection[int], normal: Collection[int]) -> None:
    session.use_settings(run.experiment)
    data = session.draft().data
    left_out, forced_in = (
        set(numbers_of(t).tolist()) for t in (data.left_out_rows, data.forced_rows)
    )
    # The newer word counts: no row may be in both.
    drafts.change(LEFT_OUT, text_of((left_out - set(normal)) | set(odd)))
    drafts.change(FORCED_IN, text_of((forced_in - set(odd)) | set(normal)))


def _calibrate(run: RunSummary) -> None:
    session.use_settings(run.experiment)
    drafts.change(CALIBRATION, SHARE)


def _contaminate(run: RunSummary, normal: Collection[str], share: float) -> None:
    session.use_settings(run.experiment)
    drafts.change(CLASSES, list(normal))
    drafts.change(CONTAMINATION, share or None)
    if run.experiment.is_whole:
        start.start()
