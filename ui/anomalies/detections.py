"""Tables of how well odd rows are found, by score or by class."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from aecore.evaluation.anomalies.arbiter import shown
from aecore.evaluation.anomalies.by_class import ClassDetection
from aecore.evaluation.anomalies.detection import Detection, Estimate
from ui.base.text import NOT_YET


def show_detections(found: Mapping[str, Detection]) -> None:
    """One line a score or detector, by its title."""
    inverted = ["yes" if each.is_inverted else "" for each in found.values()]
    names = {"Score or detector": list(found)}
    st.dataframe(
        pd.DataFrame({**names, **_areas(list(found.values())), "Inverted": inverted}),
        hide_index=True,
    )


def show_classes(found: Sequence[ClassDetection]) -> None:
    """One line a class that is odd."""
    detections = [each.detection for each in found]
    names = {"Odd class": [each.name for each in found]}
    rows = {"Its rows": [each.anomalies for each in detections]}
    inverted = {"Inverted": ["yes" if each.is_inverted else "" for each in detections]}
    table = pd.DataFrame({**names, **_areas(detections), **rows, **inverted})
    st.dataframe(table, hide_index=True)


def between(estimate: Estimate) -> str:
    """An interval, such as ".88 to .97"."""
    if math.isnan(estimate.low):
        return NOT_YET
    return f"{shown(estimate.low)} to {shown(estimate.high)}"


def _areas(detections: Sequence[Detection]) -> dict[str, list[str]]:
    return {
        "AUROC": [shown(each.auroc.value) for each in detections],
        "95 % interval": [between(each.auroc) for each in detections],
        "AUPRC": [shown(each.auprc.value) for each in detections],
        "its 95 % interval": [between(each.auprc) for each in detections],
    }
