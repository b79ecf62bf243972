"""Held-out samples beside their reconstructions, best, worst and by class."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation import reconstruction
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.base.theme import Palette
from ui.reconstructions.error_spread import show_error_spread, show_samples_of_bars
from ui.reconstructions.error_tables import show_class_errors, show_feature_errors, show_step_errors
from ui.shared.downloads import show_downloads
from ui.shared.gallery import EXTREMES, show_gallery, what_to_look_for
from ui.shared.sample_filter import choose_samples

HEIGHT = 420


def show_samples(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """Cards of samples in any order, how their errors are spread, and the best and the worst."""
    shown = choose_samples(samples)
    show_gallery(samples, shown, palette, "samples")
    st.caption(what_to_look_for(samples))
    show_downloads(samples, shown, palette, "reconstructions", "reconstructions")
    _show_errors(run, samples, palette)
    _show_extremes(samples, palette)


def _show_errors(run: RunSummary, samples: Samples, palette: Palette) -> None:
    st.header("Errors", anchor=False)
    spread, groups = st.columns([3, 2], gap="medium")
    with spread:
        selected = show_error_spread(run, samples, palette)
        show_step_errors(samples, palette)
    with groups:
        if len(selected):
            # Beside the bars, where the eye is already.
            with st.container(height=HEIGHT, border=True, key="samples-of-bars"):
                show_samples_of_bars(samples, selected, palette)
        show_class_errors(samples)
        show_feature_errors(samples)


def _show_extremes(samples: Samples, palette: Palette) -> None:
    st.header("Best and worst", anchor=False)
    st.caption(
        "What the best share is easy for this code; what the worst share is missing from it."
    )
    best, worst = reconstruction.best_and_worst(samples, EXTREMES[samples.kind])
    easy, hard = st.columns(2, gap="medium")
    with easy:
        st.subheader("Smallest errors", anchor=False)
        show_gallery(samples, best, palette, "best")
    with hard:
        st.subheader("Largest errors", anchor=False)
        show_gallery(samples, worst, palette, "worst")
