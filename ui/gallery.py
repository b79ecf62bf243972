"""How do originals and reconstructions look side by side, one card a sample?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from aecore.evaluation.reconstruction import class_name, difference_limit, worst_features
from aecore.evaluation.samples import Samples
from ui.figures.errors import MAX_FEATURES, plot_features
from ui.pictures import SHARPNESS, triptychs
from ui.text import count, figure, plain
from ui.theme import Palette

CARD_WIDTH = 252
PLOT_WIDTH = 400
# How many of the best and of the worst stand side by side.
EXTREMES = {"image": 4, "table": 1}
SELECTED_AT_MOST = 12


def show_gallery(samples: Samples, positions: Sequence[int] | np.ndarray, palette: Palette) -> None:
    """A card for each of the samples: pictures of images, dots for the features of a table."""
    positions = np.asarray(positions, dtype=np.intp)
    if samples.kind == "image":
        _show_pictures(samples, positions, palette)
    else:
        _show_features(samples, positions, palette)


def show_selected(samples: Samples, positions: Sequence[int], palette: Palette) -> None:
    """The samples that were selected on a map, or how to select some."""
    if not positions:
        return
    st.header(f"{count(len(positions))} selected", anchor=False)
    most = SELECTED_AT_MOST if samples.kind == "image" else EXTREMES["table"] * 2
    if len(positions) > most:
        st.caption(f"The first {most} of them. Double-click the map to select nothing.")
    show_gallery(samples, positions[:most], palette)


def what_to_look_for(samples: Samples) -> str:
    """One sentence on how to read a card."""
    if samples.kind == "image":
        limit = figure(difference_limit(samples), 2)
        return (
            "Each card: original, reconstruction, difference. In the difference, blue is drawn too "
            f"dark and orange too bright; full colour stands for {limit} in scaled units. "
            "Look for what is missing: strokes that fade or turn into those of another class."
        )
    few = len(samples.feature_names) <= MAX_FEATURES
    shown = "Each row is a feature" if few else f"The {MAX_FEATURES} features that deviate most"
    return (
        f"{shown}, in scaled units: the ring is the original, the dot its reconstruction, the bar "
        "between them the error. Look for features that miss in every sample."
    )


def caption(samples: Samples, position: int) -> str:
    """A sample's label, row and error in one line of Markdown."""
    parts = [] if samples.label is None else [_label(samples, position)]
    parts.append(f"row {count(int(samples.index[position]))}")
    return " · ".join([*parts, f"MSE {figure(float(samples.error[position]))}"])


def _show_pictures(samples: Samples, positions: np.ndarray, palette: Palette) -> None:
    limit = difference_limit(samples)
    pictures = triptychs(samples, positions, limit, palette.diverging)
    grid = st.grid(min_column_width=CARD_WIDTH, border=True)
    for position, picture in zip(positions.tolist(), pictures, strict=True):
        with grid.cell():
            st.image(picture, width=picture.shape[1] // SHARPNESS, alt=_alt(samples, position))
            st.caption(caption(samples, position))


def _show_features(samples: Samples, positions: np.ndarray, palette: Palette) -> None:
    grid = st.grid(min_column_width=PLOT_WIDTH, border=True)
    for position in positions.tolist():
        with grid.cell():
            st.caption(caption(samples, position))
            plot = plot_features(
                samples.original[position].reshape(-1),
                samples.reconstruction[position].reshape(-1),
                samples.feature_names,
                palette,
            )
            st.plotly_chart(
                plot,
                theme=None,
                config={"displayModeBar": False},
                alt=_alt(samples, position),
            )


def _label(samples: Samples, position: int) -> str:
    label = int(samples.label[position]) if samples.label is not None else -1
    return f"**{plain(class_name(samples, label))}**"


def _alt(samples: Samples, position: int) -> str:
    row, error = int(samples.index[position]), figure(float(samples.error[position]))
    if samples.kind == "image":
        return f"Row {row}: original, reconstruction and difference, mean squared error {error}"
    worst = ", ".join(name for name, _ in worst_features(samples, position))
    return f"Row {row}: original against reconstruction, largest deviations in {worst}"
