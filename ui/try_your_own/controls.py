"""Controls: which kept sample is disturbed, with which class and how much noise."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.base.seed import choose_seed
from ui.base.text import count
from ui.shared.decoding import is_told_the_class


def choose_sample(samples: Samples, key: str) -> int:
    """The position of a kept sample."""
    rows = len(samples.code)
    number = st.number_input(
        "Sample", 1, rows, 1, key=key, help=f"Of the {count(rows)} that the run kept."
    )
    return int(number) - 1


def own_label(run: RunSummary, samples: Samples, position: int) -> int | None:
    """The class of a kept sample, for a run that is told it."""
    if samples.label is None or not is_told_the_class(run):
        return None
    return int(samples.label[position])


def choose_noise() -> tuple[float, int]:
    """Standard deviation of noise as a share of the value range, and a seed."""
    share = st.slider(
        "Noise", 0.0, 1.0, 0.0, 0.01, help="Standard deviation, as a share of the value range."
    )
    return share, choose_seed("Noise seed", "Another seed, other noise.")
