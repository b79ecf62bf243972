"""What does a run make of a kept picture that is turned, shifted, covered or made noisy?"""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.perturbing import Perturbation, perturbed
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.theme import Palette
from ui.trial_result import (
    choose_sample,
    columns,
    own_label,
    reconstructed,
    show_clean,
    show_map,
    show_move,
    show_result,
)

LARGEST_SEED = 2**31 - 1


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
        show_clean(samples, position, palette)
        tried = reconstructed(run.run_id, sample, own_label(run, samples, position))
        if tried is not None:
            show_result(samples, tried, palette, clean)
            show_move(run.run_id, samples, samples.code[position], tried.code)
    with right:
        codes = [samples.code[position]]
        show_map(run.run_id, samples, codes if tried is None else [*codes, tried.code], palette)


def _settings(most: int) -> Perturbation:
    noise = st.slider(
        "Noise", 0.0, 1.0, 0.0, 0.01, help="Standard deviation, as a share of the value range."
    )
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
        seed=int(st.number_input("Noise seed", 0, LARGEST_SEED, 0, help="Another, other noise.")),
    )
