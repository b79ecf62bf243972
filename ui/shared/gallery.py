"""Gallery: originals and reconstructions side by side, one card a sample."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from aecore.data.dataset import Kind
from aecore.evaluation.image_quality import psnr, ssim
from aecore.evaluation.reconstruction import (
    class_name,
    difference_limit,
    feature_names,
    text_pairs,
    worst_channels,
    worst_features,
)
from aecore.evaluation.samples import Samples
from ui.base.text import count, counted, plain, rounded
from ui.base.theme import Palette
from ui.figures.errors import MAX_FEATURES, plot_features
from ui.figures.pictures import SHARPNESS, data_address, triptychs
from ui.figures.series import MAX_POINTS, plot_series
from ui.figures.terms import PAIR_WIDTH, plot_pair

CARD_WIDTH = 252
PLOT_WIDTH = 400
TEXT_WIDTH = PAIR_WIDTH + 34
# How many of the best and of the worst stand side by side, and of those selected on a map.
EXTREMES: dict[Kind, int] = {"image": 4, "table": 1, "series": 1, "text": 2}
SELECTED_AT_MOST: dict[Kind, int] = {"image": 12, "table": 2, "series": 4, "text": 6}
# In one card.
MAX_CHANNELS = 4
TERMS = 8


def show_gallery(
    samples: Samples, positions: Sequence[int] | np.ndarray, palette: Palette, key: str
) -> None:
    """A card for each of the samples: a picture, dots, lines or terms, as their kind asks for.

    Args:
        key: tells galleries of one page apart, which may show the same sample.
    """
    GALLERIES[samples.kind](samples, np.asarray(positions, dtype=np.intp), palette, key)


def what_to_look_for(samples: Samples) -> str:
    """A sentence or two on how to read a card."""
    return READINGS[samples.kind](samples)


def caption(samples: Samples, position: int) -> str:
    """A sample's label, row and error in one line of Markdown."""
    parts = [] if samples.label is None else [_label(samples, position)]
    parts.append(f"row {count(int(samples.index[position]))}")
    return " · ".join([*parts, f"MSE {rounded(float(samples.error[position]))}"])


def _show_pictures(samples: Samples, positions: np.ndarray, palette: Palette, key: str) -> None:
    limit = difference_limit(samples)
    pictures = triptychs(samples, positions, limit, palette.diverging)
    qualities = _image_qualities(samples, positions)
    grid = st.grid(min_column_width=CARD_WIDTH, border=True)
    cards = zip(positions.tolist(), pictures, qualities, strict=True)
    for position, picture, quality in cards:
        with grid.cell():
            st.image(
                data_address(picture),
                width=picture.shape[1] // SHARPNESS,
                alt=_alt(samples, position),
            )
            st.caption(f"{caption(samples, position)}  \n{quality}")


def _image_qualities(samples: Samples, positions: np.ndarray) -> list[str]:
    """SSIM and PSNR of each image; a dash where one is undefined."""
    pair = samples.original[positions], samples.reconstruction[positions]
    span = samples.display_range
    return [
        f"SSIM {rounded(float(likeness), 2)} · PSNR {rounded(float(ratio))} dB"
        for likeness, ratio in zip(ssim(*pair, span), psnr(*pair, span), strict=True)
    ]


def _show_features(samples: Samples, positions: np.ndarray, palette: Palette, key: str) -> None:
    grid = st.grid(min_column_width=PLOT_WIDTH, border=True)
    for position in positions.tolist():
        with grid.cell():
            pair = samples.original[position], samples.reconstruction[position]
            raw = samples.raw_sample(pair[0], position), samples.raw_sample(pair[1], position)
            plot = plot_features(*pair, raw, feature_names(samples), palette)
            _show_plot(plot, samples, position, key)


def _show_series(samples: Samples, positions: np.ndarray, palette: Palette, key: str) -> None:
    grid = st.grid(min_column_width=PLOT_WIDTH, border=True)
    names = feature_names(samples)
    for position in positions.tolist():
        with grid.cell():
            channels = worst_channels(samples, position, MAX_CHANNELS)
            plot = plot_series(
                samples.original[position][:, channels],
                samples.reconstruction[position][:, channels],
                [names[channel] for channel in channels],
                palette,
            )
            _show_plot(plot, samples, position, key)


def _show_terms(samples: Samples, positions: np.ndarray, palette: Palette, key: str) -> None:
    grid = st.grid(min_column_width=TEXT_WIDTH, border=True)
    pairs = text_pairs(samples, positions, TERMS)
    for position, pair in zip(positions.tolist(), pairs, strict=True):
        with grid.cell():
            st.caption(caption(samples, position))
            st.image(plot_pair(pair, palette), width=PAIR_WIDTH, alt=_alt(samples, position))


def _show_plot(plot: Any, samples: Samples, position: int, key: str) -> None:
    st.caption(caption(samples, position))
    st.plotly_chart(
        plot,
        theme=None,
        key=f"{key}-{position}",
        config={"displayModeBar": False},
        alt=_alt(samples, position),
    )


def _read_pictures(samples: Samples) -> str:
    limit = rounded(difference_limit(samples), 2)
    turned = "" if samples.label is None else ", and pictures that turn into one of another class"
    return (
        "Each card: original, reconstruction, difference. In the difference, blue is drawn too "
        f"dark and orange too bright; full colour stands for {limit} in scaled units. "
        f"Look for what is missing: fine detail that fades{turned}."
    )


def _read_features(samples: Samples) -> str:
    few = len(feature_names(samples)) <= MAX_FEATURES
    shown = "Each row is a feature" if few else f"The {MAX_FEATURES} features that deviate most"
    return (
        f"{shown}: the ring is the original, the dot its reconstruction, the bar between them the "
        "error, in scaled units so that features compare; beside it both values in the data’s own "
        "units. Look for features that miss in every sample."
    )


def _read_series(samples: Samples) -> str:
    steps, channels = samples.original.shape[1:]
    parts = [
        "Each card: the reconstruction over the broader original, in scaled units, the gap between "
        "them shaded. Look for peaks that are cut off or come too late."
    ]
    if channels > MAX_CHANNELS:
        parts.append(
            f"Of {counted(channels, 'channel')}, the {MAX_CHANNELS} with the largest errors."
        )
    if steps > MAX_POINTS:
        parts.append(
            f"Of {counted(steps, 'step')}, {MAX_POINTS}: in each stretch the one furthest off."
        )
    return " ".join(parts)


def _read_terms(samples: Samples) -> str:
    return (
        f"Each card: the {TERMS} terms that weigh most in a text and in its reconstruction, "
        "with their weights in scaled units. Look for topics that turn into another: terms that "
        "are missing on the right and others that were never in the text."
    )


GALLERIES: dict[Kind, Callable[[Samples, np.ndarray, Palette, str], None]] = {
    "image": _show_pictures,
    "table": _show_features,
    "series": _show_series,
    "text": _show_terms,
}
READINGS: dict[Kind, Callable[[Samples], str]] = {
    "image": _read_pictures,
    "table": _read_features,
    "series": _read_series,
    "text": _read_terms,
}


def _label(samples: Samples, position: int) -> str:
    label = int(samples.label[position]) if samples.label is not None else -1
    return f"**{plain(class_name(samples, label))}**"


def _alt(samples: Samples, position: int) -> str:
    row, error = int(samples.index[position]), rounded(float(samples.error[position]))
    if samples.kind == "table":
        worst = ", ".join(name for name, _ in worst_features(samples, position))
        return f"Row {row}: original against reconstruction, largest deviations in {worst}"
    shown = {
        "image": "original, reconstruction and difference",
        "series": "original and reconstruction over its steps",
        "text": "heaviest terms of original and reconstruction",
    }[samples.kind]
    return f"Row {row}: {shown}, mean squared error {error}"
