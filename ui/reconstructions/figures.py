"""Figures of a run in one line, and each with its yardstick a click away."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.reconstructions.image_quality import image_quality_in_words, show_image_figures
from ui.shared.loss_parts import show_quantities
from ui.shared.metric_row import metrics_in_words, show_metrics, warn_of_training_rows


def show_figures(run: RunSummary, samples: Samples) -> None:
    """One line, so that pictures come first; a button unfolds what each figure is beside."""
    with st.container(horizontal=True, vertical_alignment="center", key="figures"):
        said = [metrics_in_words(run.metrics), image_quality_in_words(run.run_id, samples)]
        st.markdown(" · ".join(part for part in said if part), width="content")
        with st.popover("What they mean", icon=":material/straighten:", type="tertiary"):
            show_metrics(run.metrics, run.experiment)
            show_quantities(run.experiment, run.metrics)
            show_image_figures(run.run_id, samples)
    warn_of_training_rows(run.metrics)
