"""How well are held-out samples reconstructed, and which ones are not?"""

from __future__ import annotations

import streamlit as st

from aecore.evaluation import reconstruction
from ui import session
from ui.error_tables import show_class_errors, show_feature_errors, show_step_errors
from ui.figures.errors import plot_error_histogram
from ui.gallery import EXTREMES, show_gallery, what_to_look_for
from ui.loss_parts import show_figures
from ui.metric_row import show_metrics
from ui.run_picker import pick_run, samples_of
from ui.sample_filter import choose_samples
from ui.text import count
from ui.theme import palette
from ui.trial import show_trial

session.require_app()
st.title("Reconstructions", anchor=False)
run = pick_run()
samples = samples_of(run)
colours = palette()
show_metrics(run.metrics)
show_figures(run.experiment, run.metrics)

st.header("Samples", anchor=False)
st.caption(what_to_look_for(samples))
show_gallery(samples, choose_samples(samples), colours, "samples")

st.header("Errors", anchor=False)
spread, groups = st.columns([3, 2], gap="medium")
with spread:
    st.subheader("How errors are spread", anchor=False)
    st.caption("A long tail to the right: a few samples that this code cannot hold.")
    st.plotly_chart(
        plot_error_histogram(
            reconstruction.histogram(samples), run.metrics.get("pca_mse"), colours
        ),
        theme=None,
        config={"displayModeBar": False},
        alt=f"Histogram of the errors of {count(len(samples.error))} samples",
    )
    show_step_errors(samples, colours)
with groups:
    show_class_errors(samples)
    show_feature_errors(samples)

st.header("Best and worst", anchor=False)
st.caption("What the best share is easy for this code; what the worst share is missing from it.")
easy, hard = st.columns(2, gap="medium")
best, worst = reconstruction.best_and_worst(samples, EXTREMES[samples.kind])
with easy:
    st.subheader("Smallest errors", anchor=False)
    show_gallery(samples, best, colours, "best")
with hard:
    st.subheader("Largest errors", anchor=False)
    show_gallery(samples, worst, colours, "worst")

st.header("Try your own", anchor=False)
show_trial(run, samples, colours)
