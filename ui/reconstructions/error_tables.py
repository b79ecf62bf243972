"""Errors by class, column, channel, step or term."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from aecore.data.dataset import Kind
from aecore.evaluation.reconstruction import (
    errors_by_class,
    errors_by_feature,
    errors_by_step,
    feature_names,
)
from aecore.evaluation.samples import Samples
from ui.base.text import count, counted
from ui.base.theme import Palette
from ui.figures.series import plot_step_errors

UNIT = "squared scaled units"
# What the last axis of a sample is made of.
FEATURES: dict[Kind, str] = {"table": "feature", "series": "channel", "text": "term"}


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
    """Mean error and bias of each column, channel or term, worst first; nothing for images."""
    found = errors_by_feature(samples)
    if not found:
        return
    one = FEATURES[samples.kind]
    st.subheader(f"By {one}")
    st.caption(f"A {one} above 1 is harder than the average one; bias says which way it misses.")
    of = len(feature_names(samples))
    if len(found) < of:
        st.caption(f"The {count(len(found))} worst of {count(of)}.")
    frame = pd.DataFrame(
        {
            one.capitalize(): [item.name for item in found],
            "Mean error": [item.mean for item in found],
            "Bias": [item.bias for item in found],
            "Relative": [item.relative for item in found],
        }
    )
    _show(frame, f"Mean reconstruction error of each {one}")


def show_step_errors(samples: Samples, palette: Palette) -> None:
    """The mean error along series; nothing for other kinds."""
    errors = errors_by_step(samples)
    if not len(errors):
        return
    st.subheader("By step", anchor=False)
    st.caption(
        f"Where along a series the error lies, in {UNIT}: at its ends, at its peaks, or all along."
    )
    st.plotly_chart(
        plot_step_errors(errors, palette),
        theme=None,
        config={"displayModeBar": False},
        alt=f"Mean error at each of {counted(len(errors), 'step')}, largest at step "
        f"{count(int(errors.argmax()) + 1)}",
    )


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
