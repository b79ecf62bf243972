"""The table of runs: how far each came, and how good it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from aecore.errors import LabError
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import NOT_YET
from ui.runs.whose import whose
from ui.shared.run_picker import data_title

# Of a shorter run tenths of a second are told.
SHORT_RUN = 10
SELECTED = "selected_run"
ROW_HEIGHT = 40
ROWS_SHOWN = 12
LISTED = 100
STATES = {
    "queued": ("○ queued", "gray"),
    "running": ("● running", "blue"),
    "finished": ("✓ finished", "green"),
    "stopped": ("■ stopped", "orange"),
    "failed": ("✕ failed", "red"),
    "interrupted": ("! interrupted", "red"),
}


def show_table(runs: Sequence[RunSummary]) -> RunSummary:
    """All runs as a table, in the order given; the one that is selected, at first the open one."""
    ids = [run.run_id for run in runs]
    chosen = st.session_state.get(SELECTED) or session.current_run_id()
    row = ids.index(chosen) if chosen in ids else 0
    st.dataframe(
        pd.DataFrame([_row(run) for run in runs]),
        hide_index=True,
        row_height=ROW_HEIGHT,
        height="content" if len(runs) <= ROWS_SHOWN else ROW_HEIGHT * (ROWS_SHOWN + 1),
        placeholder=NOT_YET,
        column_config=_columns(),
        # Rows are selected by number, so a table of other runs must not inherit the selection.
        key=_key(ids),
        on_select=lambda: _remember(ids),
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [row], "columns": [], "cells": []}},
        alt="Runs, newest first",
    )
    return runs[row]


def choose_runs(runs: Sequence[RunSummary]) -> Sequence[RunSummary]:
    """The runs to list: none that stand under others; of very many the newest and the open one."""
    runs = _on_top(runs)
    if len(runs) <= LISTED:
        return runs
    whole = st.toggle(
        f"List all {len(runs):,} runs",
        key="list-all-runs",
        persist_state="session",
        help=f"Otherwise the newest {LISTED} and the open one, which is quicker to draw.",
    )
    if whole:
        return runs
    kept = {st.session_state.get(SELECTED), session.current_run_id()}
    return [run for place, run in enumerate(runs) if place < LISTED or run.run_id in kept]


def _on_top(runs: Sequence[RunSummary]) -> Sequence[RunSummary]:
    """The runs without separate trainings, or with them on demand; one whose run is gone stays."""
    ids = {run.run_id for run in runs}
    under = sum(run.parent in ids for run in runs)
    if not under:
        return runs
    label = f"List {under:,} separate trainings of Dimensions too"
    if st.toggle(label, help="They belong to the runs that they were trained beside."):
        return runs
    return [run for run in runs if run.parent not in ids]


def forget_selection() -> None:
    """Let the table begin at the open run again, such as after the selected one was deleted."""
    st.session_state.pop(SELECTED, None)


def _key(ids: Sequence[str]) -> str:
    return f"runs-{len(ids)}-{ids[0]}"


def _remember(ids: Sequence[str]) -> None:
    rows = st.session_state[_key(ids)]["selection"]["rows"]
    if rows and rows[0] < len(ids):
        st.session_state[SELECTED] = ids[rows[0]]


def _row(run: RunSummary) -> dict[str, Any]:
    owner = whose(run)
    return {
        "Name": run.name,
        **({"Whose": owner} if owner is not None else {}),
        "State": [STATES[run.state][0]],
        "Data set": data_title(run),
        "Code": run.experiment.encoding_dim,
        "Loss": _curve(run),
        "MSE": run.metrics.get("mse"),
        "Relative to PCA": run.metrics.get("relative_to_pca"),
        "Epochs": run.epochs,
        "Duration": round(run.seconds, 1 if run.seconds < SHORT_RUN else 0),
        "Started": run.started,
        "Data": run.metrics.get("data_digest"),
    }


def _columns() -> dict[str, Any]:
    column = st.column_config
    labels, colours = zip(*STATES.values(), strict=True)
    return {
        "Name": column.TextColumn(width=190),
        "Whose": column.TextColumn(width=110),
        "State": column.MultiselectColumn(options=labels, color=colours, width=115),
        "Data set": column.TextColumn(width=145),
        "Code": column.NumberColumn(help="Encoding dimension: numbers in one code.", width=60),
        "Loss": column.LineChartColumn(
            help="Validation loss an epoch, or training loss where no rows are held out.", width=110
        ),
        "MSE": column.NumberColumn(
            "Held-out MSE",
            help="Mean squared error on held-out rows, in squared scaled units: compare runs of "
            "one data set and scaling alone.",
            format="%.4g",
            width=105,
        ),
        "Relative to PCA": column.NumberColumn(
            help="MSE over that of PCA with as many dimensions; below 1 beats it.",
            format="%.2f ×",
            width=115,
        ),
        "Epochs": column.NumberColumn(width=70),
        "Duration": column.NumberColumn(
            "Duration, s",
            help="From the start of the run to its end, in seconds: with loading the data and "
            "measuring at the end, so longer than the training alone.",
            format="localized",
            width=95,
        ),
        "Started": column.DatetimeColumn(
            format="D MMM, HH:mm", timezone=st.context.timezone, width=110
        ),
        "Data": column.TextColumn(
            help="Names the content that the run saw: equal for equal data, whatever its file "
            "was called.",
            width=150,
        ),
    }


def _curve(run: RunSummary) -> list[float]:
    try:
        if run.ended:
            return _kept_curve(run.run_id)
        view = session.engine().view(run.run_id) if session.engine_is_up() else None
        return _watched(view.history) if view is not None else []
    except LabError:
        # A run whose files are broken is still listed, so that it can be deleted.
        return []


# Streamlit's own cache takes ten times as long to answer, which a thousand runs would feel.
@lru_cache(maxsize=5_000)
def _kept_curve(run_id: str) -> list[float]:
    """The curve of an ended run, which no longer changes; from its table where it has one."""
    return _watched(session.store().curves(run_id))


def _watched(history: dict[str, list[float]]) -> list[float]:
    curve = history.get("val_loss") or history.get("loss", [])
    return [value for value in curve if math.isfinite(value)]
