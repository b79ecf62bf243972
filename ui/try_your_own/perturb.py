"""Kept pictures that are turned, shifted, covered or made noisy, and what a run makes of them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.evaluation.perturbing import Perturbation, perturbed
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.base.theme import Palette
from ui.try_your_own.controls import choose_noise, choose_sample, own_label
from ui.try_your_own.place_on_map import show_map
from ui.try_your_own.result import (
    columns,
    reconstructed,
    show_errors,
    show_move,
    show_pictures,
)


def show_perturbed(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """Sliders, the sample before and after, and the way that its code goes."""
    left, middle, right = columns()
    with left:
        position = choose_sample(samples, "trial-sample")
        height, width = samples.original.shape[1:3]
        how = _settings(min(height, width) // 2)
    clean = samples.original[position]
    sample = perturbed(clean, how, samples.display_range)
    with middle:
        own_samples = reconstructed(
            run.run_id, np.stack([clean, sample]), own_label(run, samples, position)
        )
        for each, title in zip(own_samples, ("Clean", "Disturbed"), strict=False):
            show_pictures(run.run_id, samples, each, title, palette)
        if own_samples:
            show_errors(samples, own_samples[1], clean)
            show_move(run.run_id, samples, *own_samples)
    with right:
        show_map(run.run_id, samples, own_samples, palette)


def _settings(most: int) -> Perturbation:
    noise, seed = choose_noise()
    covered = st.slider(
        "Covered square", 0.0, 1.0, 0.0, 0.05, help="Its side, as a share of the shorter side."
    )
    left, right = st.columns(2)
    across = left.slider("Square across", 0.0, 1.0, 0.5, 0.05, help="From left, 0, to right, 1.")
    along = right.slider("Square down", 0.0, 1.0, 0.5, 0.05, help="From top, 0, to bottom, 1.")
    return Perturbation(
        noise=noise,
        covered=covered,
        across=across,
        along=along,
        right=left.slider("Shift right", -most, most, 0, help="In pixels; below 0 to the left."),
        down=right.slider("Shift down", -most, most, 0, help="In pixels; below 0 upwards."),
        degrees=st.slider("Rotation", -180, 180, 0, help="In degrees, anticlockwise."),
        seed=seed,
    )
