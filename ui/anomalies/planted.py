"""Planted defects: how many rows with a known defect would raise an alarm. Simulated."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.anomalies.simulation import SimulatedRecall
from ui.anomalies.review import Looked
from ui.base.text import NOT_YET, rounded

READING = (
    "**Simulated.** Known defects were planted in held-out rows, and scored by the run’s first "
    "score with the threshold that promises 1 % false alarms, or the nearest rate that can be "
    "promised; classes that are likely odd are left out of both. It is the recall of these "
    "defects, and not of what may really come. *Before* is the share of the same rows "
    "that raised an alarm without the defect."
)
NONE = (
    "No defects were planted: that needs rows to calibrate with, and a scoring that was not "
    "stopped before. Train with a *Calibration share*, or score the rows again."
)


def show_planted(looked: Looked) -> None:
    """A table by kind and strength."""
    found = looked.scored.simulated
    if not found:
        st.info(NONE, icon=":material/info:")
        return
    st.markdown(READING)
    st.dataframe(
        _table(found),
        hide_index=True,
        column_config={
            "Recall": st.column_config.ProgressColumn(
                "Recall (simulated)", format="percent", min_value=0, max_value=1
            ),
            "Before": st.column_config.NumberColumn("Before", format="percent"),
        },
    )


def _table(found: Sequence[SimulatedRecall]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Defect": [each.title for each in found],
            "Strength": [each.level for each in found],
            "That is": [each.meaning for each in found],
            "Recall": [each.recall.value for each in found],
            "95 % interval": [_between(each.recall) for each in found],
            "Before": [each.before for each in found],
            "AUROC": [rounded(each.auroc, 2) for each in found],
            "Rows": [each.planted for each in found],
        }
    )


def _between(recall: Estimate) -> str:
    if math.isnan(recall.low):
        return NOT_YET
    return f"{recall.low:.0%} to {recall.high:.0%}"
