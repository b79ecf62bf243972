"""Blind spots: rows far from every training row that are rebuilt as well as usual ones."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from aecore.evaluation.anomalies.scored_rows import ScoredRows
from ui.anomalies.review import Looked
from ui.anomalies.where import label_name
from ui.base.text import count, counted, plain, rounded

READING = (
    "Rows that lie far from every training row, in the data or in the code, and are rebuilt as "
    "well as usual ones all the same: no score made of the error can see them. A linear "
    "autoencoder has such rows by construction. Distances are in units of what is usual among "
    "training rows."
)
NONE = "None of {} is far from every training row and rebuilt well: there is no blind spot here."
NOT_LOOKED = "Blind spots were not looked for: the scoring was stopped. Score the rows again."


def show_blind_spots(looked: Looked) -> None:
    """The rows in a table, the farthest first."""
    scored = looked.scored
    measured = scored.about.get("blind_spots")
    if measured is None:
        st.info(NOT_LOOKED, icon=":material/info:")
        return
    st.caption(f"{READING} {plain(str(measured))}")
    found = scored.blind_spots
    if not found:
        st.success(NONE.format(_looked_at(scored)), icon=":material/visibility:")
        return
    st.markdown(f"**{count(len(found))}** of {_looked_at(scored)}:")
    table = {
        "Row": [int(scored.rows[each.row]) for each in found],
        "Label": [label_name(scored, each.row) for each in found],
        "Distance in the data": [rounded(each.input_distance, 2) for each in found],
        "Distance in the code": [rounded(each.code_distance, 2) for each in found],
        "Error": [rounded(each.error) for each in found],
        "Training rows rebuilt better": [each.error_rank for each in found],
    }
    if scored.label is None:
        table.pop("Label")
    st.dataframe(
        pd.DataFrame(table),
        hide_index=True,
        column_config={
            "Training rows rebuilt better": st.column_config.NumberColumn(format="percent")
        },
    )


def _looked_at(scored: ScoredRows) -> str:
    """How many rows were looked at, all or a sample."""
    rows = len(scored.rows)
    looked = int(scored.about.get("looked_for_blind_spots", rows))
    return (
        counted(rows, "row") if looked == rows else f"a random sample of {counted(looked, 'row')}"
    )
