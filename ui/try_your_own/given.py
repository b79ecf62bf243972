"""Drawings and picture files, and what a run makes of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.own_pictures import PictureStyle, from_drawing, from_picture, style_of
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.theme import Palette
from ui.shared.decoding import choose_decoder
from ui.try_your_own.pad import show_pad
from ui.try_your_own.place_on_map import show_map
from ui.try_your_own.result import columns, reconstructed, show_errors, show_pictures

FILES = ["png", "jpg", "jpeg"]


def show_drawing(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """A pad, and what the run makes of what is on it, while it is being drawn."""
    style = _look(run.run_id, samples, run.experiment.scaling)
    if style.shape[2] > 1:
        st.info(
            "These pictures are in colour, and the pad draws in grey. Upload a picture, or perturb "
            "a sample.",
            icon=":material/info:",
        )
        return
    left, middle, right = columns()
    sample = None
    with left:
        label = choose_decoder(run, samples).label
        fitted = st.toggle(
            "Size and centre as in the data",
            style.is_drawn,
            key=f"trial-fitted-{run.run_id}",
            help="What you draw gets the median size and place of what is drawn in the data, as "
            "the makers of MNIST did. Without it, it stays as on the pad.",
        )
        try:
            drawing = show_pad(
                style.shape[:2], light_ground=style.light_ground, key=f"trial-pad-{run.run_id}"
            )
            sample = None if drawing is None else from_drawing(drawing, style, fitted=fitted)
            if sample is None:
                st.caption("Draw something, with mouse, finger or pen.")
        except LabError as error:
            session.show_error(error)
    _show_answer(run, samples, sample, label, (middle, right), palette)


def show_upload(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """A place for one file, and what the run makes of it."""
    style = _look(run.run_id, samples, run.experiment.scaling)
    left, middle, right = columns()
    sample = None
    with left:
        label = choose_decoder(run, samples).label
        file = st.file_uploader(
            "Picture",
            FILES,
            key="trial-file",
            help="PNG or JPEG. It is cut to the data's shape, scaled down, and greyed if the data "
            "is grey.",
        )
        scale = "dark on light" if style.light_ground else "light on dark"
        inverted = st.toggle(
            "Swap light and dark",
            key="trial-inverted",
            help=f"The data is drawn {scale}; a picture the other way round is foreign.",
        )
        try:
            if file is not None:
                sample = from_picture(file.getvalue(), file.name, style, inverted=inverted)
        except LabError as error:
            session.show_error(error)
    _show_answer(run, samples, sample, label, (middle, right), palette)


def _show_answer(
    run: RunSummary,
    samples: Samples,
    sample: np.ndarray | None,
    label: int | None,
    places: tuple[Any, Any],
    palette: Palette,
) -> None:
    """What the run makes of a sample, in the middle, and its place on the map, at the right."""
    middle, right = places
    own_samples = []
    with middle:
        if sample is not None:
            own_samples = reconstructed(run.run_id, sample[None], label)
        for each in own_samples:
            show_pictures(run.run_id, samples, each, "Yours", palette)
            show_errors(samples, each)
    with right:
        show_map(run.run_id, samples, own_samples, palette)


@st.cache_resource(show_spinner=False, max_entries=8)
def _look(run_id: str, _samples: Samples, scaling: str) -> PictureStyle:
    return style_of(_samples, scaling)
