"""Filter of samples: which are shown, in which order, on which page."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.data.dataset import Kind
from aecore.evaluation.reconstruction import ORDERS, class_name, ordered, page, page_count
from aecore.evaluation.samples import Samples
from ui.base.text import count, counted

PAGE_SIZES: dict[Kind, int] = {"image": 12, "table": 2, "series": 4, "text": 6}
ALL = -1


def choose_samples(samples: Samples) -> np.ndarray:
    """Controls for order, class and page; the positions of the samples to show."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = st.segmented_control(
            "Order",
            list(ORDERS),
            format_func=ORDERS.__getitem__,
            default="data",
            required=True,
            label_visibility="collapsed",
        )
        label = _choose_class(samples)
        positions = ordered(samples, order, label)
        size = PAGE_SIZES[samples.kind]
        st.space("stretch")
        # Told before the page is known, so that it stands at its side.
        told = st.empty()
        number = st.pagination(page_count(len(positions), size), key=f"page-{order}-{label}")
    shown = page(positions, number, size)
    told.caption(_which(samples, positions, shown, (number - 1) * size), width="content")
    return shown


def _choose_class(samples: Samples) -> int | None:
    if samples.label is None:
        return None
    labels = [ALL, *np.unique(samples.label).tolist()]
    chosen = st.selectbox(
        "Class",
        labels,
        format_func=lambda label: "All classes" if label == ALL else class_name(samples, label),
        width=180,
        label_visibility="collapsed",
    )
    return None if chosen == ALL else int(chosen)


def _which(samples: Samples, positions: np.ndarray, shown: np.ndarray, before: int) -> str:
    kept = len(samples.error)
    sampled = "" if samples.total == kept else f", drawn from {count(samples.total)}"
    last = before + len(shown)
    return f"{count(before + 1)} to {count(last)} of {counted(len(positions), 'sample')}{sampled}"
