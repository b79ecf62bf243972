"""Training again: the form filled with a run's settings and what was learned from its scores."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from aecore.data.row_numbers import numbers_of, text_of
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import count
from ui.form import drafts

LEFT_OUT, CALIBRATION = "data.left_out_rows", "data.calibration_fraction"
SHARE = 0.2
TRAIN = "pages/train.py"


def offer_without(run: RunSummary, rows: Iterable[int]) -> None:
    """A button that opens the form with these rows of the run's data set left out."""
    rows = tuple(rows)
    marked = "row that is" if len(rows) == 1 else "rows that are"
    if st.button(
        f"Train without the {count(len(rows))} {marked} marked odd",
        icon=":material/model_training:",
        on_click=_leave_out,
        args=(run, rows),
        key="odd-train-without",
        help="Fills the form on the page Train with the settings of this run, and leaves these "
        "rows out.",
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


def _leave_out(run: RunSummary, rows: tuple[int, ...]) -> None:
    session.use_settings(run.experiment)
    before = numbers_of(session.draft().data.left_out_rows).tolist()
    drafts.change(LEFT_OUT, text_of(sorted({*before, *rows})))


def _calibrate(run: RunSummary) -> None:
    session.use_settings(run.experiment)
    drafts.change(CALIBRATION, SHARE)
