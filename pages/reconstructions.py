"""How well are held-out samples reconstructed, and which ones are not?"""

from __future__ import annotations

import streamlit as st

from aecore.evaluation import reconstruction
from ui.error_tables import show_class_errors, show_feature_errors
from ui.figures.errors import plot_error_histogram
from ui.gallery import show_gallery, what_to_look_for
from ui.metric_row import show_metrics
from ui.run_picker import data_title, pick_run, samples_of
from ui.sample_filter import choose_samples
from ui.text import count, plain
from ui.theme import palette

st.title("Reconstructions")
run = pick_run()
samples = samples_of(run)
colours = palette()

st.subheader(plain(run.name))
st.caption(plain(data_title(run)))
show_metrics(run.metrics)

st.header("Samples", divider=False)
st.caption(what_to_look_for(samples))
positions = choose_samples(samples)
show_gallery(samples, positions, colours)

st.header("Errors")
spread = reconstruction.histogram(samples)
histogram, table = st.columns([3, 2], gap="medium")
with histogram:
    st.subheader("How errors are spread")
    st.caption("A long tail to the right means a few samples that the code cannot hold.")
    st.plotly_chart(
        plot_error_histogram(spread, run.metrics.get("pca_mse"), colours),
        theme=None,
        config={"displayModeBar": False},
        alt=f"Histogram of the errors of {count(len(samples.error))} samples",
    )
with table:
    if samples.kind == "table":
        show_feature_errors(samples)
    else:
        show_class_errors(samples)

st.header("Best and worst")
best, worst = reconstruction.best_and_worst(samples, count=3)
