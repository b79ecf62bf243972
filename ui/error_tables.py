"""Which classes, and which columns of a table, are reconstructed worse than the rest?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from aecore.evaluation.reconstruction import errors_by_class, errors_by_feature
from aecore.evaluation.samples import Samples

UNIT = "squared scaled units"


def show_class_errors(samples: Samples) -> None:
    """Rows, mean error and its share of the overall mean for each class, worst first."""
    st.subheader("By class")
    found = errors_by_class(samples)
    if not found:
        st.caption("This data set has no labels, so there are no classes to compare.")
        return
    st.caption("A class above 1 is harder to reconstruct than the average sample.")
    frame = pd.DataFrame(
        {
            "Class": [item.name for item in found],
            "Rows": [item.rows for item in found],
            "Mean error": [item.mean for item in found],
            "Relative": [item.relative for item in found],
        }
    )
    _show(frame, "Mean reconstruction error of each class")


def show_feature_errors(samples: Samples) -> None:
    """Mean error and bias of each column, worst first."""
    st.subheader("By feature")
    st.caption("A feature above 1 is harder than the average one; bias says which way it misses.")
    found = errors_by_feature(samples)
    frame = pd.DataFrame(
        {
            "Feature": [item.name for item in found],
            "Mean error": [item.mean for item in found],
            "Bias": [item.bias for item in found],
            "Relative": [item.relative for item in found],
        }
    )
    _show(frame, "Mean reconstruction error of each feature")


def _show(frame: pd.DataFrame, alt: str) -> None:
    column = st.column_config
    top = max(1.0, float(frame["Relative"].max(skipna=True)))
    st.dataframe(
        frame,
        hide_index=True,
        alt=alt,
        column_config={
            "Rows": column.NumberColumn(format="localized", width="small"),
            "Mean error": column.NumberColumn(
                format="%.4g", help=f"Mean squared error, in {UNIT}.", width="small"
            ),
            "Bias": column.NumberColumn(
                format="%+.3f",
                help="Mean of reconstruction minus original, in scaled units.",
                width="small",
            ),
            "Relative": column.ProgressColumn(
                help="Mean error over that of the average; above 1 is harder.",
                format="%.2f ×",
                min_value=0.0,
                max_value=top,
                color="primary",
                width="small",
            ),
        },
    )
