"""Rows, texts and series that are changed a little, and what a run makes of them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.evaluation.perturbing import noisy
from aecore.evaluation.reconstruction import feature_names
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.base.theme import Palette
from ui.shared.gallery import show_gallery
from ui.try_your_own.controls import choose_noise, choose_sample, own_label
from ui.try_your_own.place_on_map import show_map
from ui.try_your_own.result import (
    as_sample,
    columns,
    reconstructed,
    show_errors,
    show_move,
)

# A card of features is wider than three pictures.
WIDTHS = (3, 6, 4)
READING = (
    "Change a kept sample and see what comes back of it. Drawing and uploading are for pictures. "
    "All values are in scaled units."
)


def show_features(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """Noise on a kept sample and, for rows and texts, one value set by hand."""
    st.caption(READING)
    left, middle, right = columns(WIDTHS)
    with left:
        position = choose_sample(samples, "trial-sample")
        clean = samples.original[position]
        share, seed = choose_noise()
        sample = noisy(clean, share, seed, samples.display_range)
        if clean.ndim == 1:
            sample = _with_feature(samples, sample, position)
    with middle:
        own_samples = reconstructed(
            run.run_id, np.stack([clean, sample]), own_label(run, samples, position)
        )
        if own_samples:
            show_gallery(as_sample(samples, own_samples[1], position), [0], palette, key="trial")
            show_errors(samples, own_samples[1], clean)
            show_move(run.run_id, samples, *own_samples)
    with right:
        show_map(run.run_id, samples, own_samples, palette)


def _with_feature(samples: Samples, sample: np.ndarray, position: int) -> np.ndarray:
    """The sample with the value of one feature as a slider says."""
    names = feature_names(samples)
    feature = st.selectbox(
        "Feature to set",
        range(len(names)),
        format_func=names.__getitem__,
        help="One value that you choose yourself.",
    )
    values = samples.original[:, feature]
    low, high = float(values.min()), float(values.max())
    if low == high:
        st.caption("This feature is the same in all kept samples.")
        return sample
    value = st.slider(
        "Its value",
        low,
        high,
        float(samples.original[position, feature]),
        (high - low) / 100,
        key=f"trial-value-{position}-{feature}",
        help="From the least to the greatest value of the kept samples.",
    )
    out = sample.copy()
    out[feature] = value
    return out
