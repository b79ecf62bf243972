"""The colours of the active theme by role, and the base layout of Plotly figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

Scale = tuple[str, ...]

# Text in an image cannot use the page's own font, only those of the visitor's system.
IMAGE_FONT = "Source Sans, system-ui, Segoe UI, Helvetica, Arial, sans-serif"

# Petroff's ten-colour sequence (2021), chosen by search for people with colour-vision deficiency.
CLASSES = (
    "#3f90da",
    "#ffa90e",
    "#bd1f01",
    "#94a4a2",
    "#832db6",
    "#a96b59",
    "#e76300",
    "#b9ac70",
    "#717581",
    "#92dadd",
)
# The same on a dark ground: the four darkest lightened until they stand out from it.
CLASSES_ON_DARK = (
    "#4f9fe8",
    "#ffb62e",
    "#e5533a",
    "#a9b7b5",
    "#b06be0",
    "#bf8472",
    "#f07f2a",
    "#cfc389",
    "#878c99",
    "#a6e6e9",
)


@dataclass(frozen=True)
class Palette:
    """Colours by role, as `#rrggbb`.

    Attributes:
        train, validation: the two curves of a run.
        yardstick, mean, floor: lines for PCA, predict-the-mean and the entropy floor.
        text, muted, grid, background, surface: ink and ground.
        original, reconstruction: the two of a pair.
        positive, negative: signs of a difference.
        encoder, code, decoder: parts of the model.
        good, bad: classes whose names say so.
        classes: one a class; take them modulo the length.
        sequential: from low to high.
        diverging: from negative to positive, neutral in the middle.
    """

    dark: bool
    train: str
    validation: str
    yardstick: str
    mean: str
    floor: str
    text: str
    muted: str
    grid: str
    background: str
    surface: str
    original: str
    reconstruction: str
    positive: str
    negative: str
    encoder: str
    code: str
    decoder: str
    good: str
    bad: str
    classes: Scale
    sequential: Scale
    diverging: Scale


LIGHT = Palette(
    dark=False,
    train="#2f5fd0",
    validation="#d9660a",
    yardstick="#0f7f72",
    mean="#6b7482",
    floor="#8a3fb0",
    text="#0f1726",
    muted="#5d6776",
    grid="#e4e8ee",
    background="#ffffff",
    surface="#f4f6f9",
    original="#5d6776",
    reconstruction="#2f5fd0",
    positive="#d9660a",
    negative="#2f5fd0",
    encoder="#7f9ce6",
    code="#d9660a",
    decoder="#6fb3ab",
    good="#0f7f72",
    bad="#c8372d",
    classes=CLASSES,
    sequential=(
        "#eef3fc",
        "#d7e3f8",
        "#bdd0f3",
        "#9fbaec",
        "#80a2e4",
        "#628adb",
        "#4773d0",
        "#315cbb",
        "#22479a",
        "#173374",
    ),
    diverging=(
        "#1f4aa8",
        "#4a75cf",
        "#83a3e3",
        "#b9cbf1",
        "#e6ecf8",
        "#f9eadd",
        "#f3c69c",
        "#e89a57",
        "#d17322",
        "#a3510d",
    ),
)
DARK = Palette(
    dark=True,
    train="#7ba2ff",
    validation="#ff9d4d",
    yardstick="#3fc2b1",
    mean="#9aa5b4",
    floor="#cd93ee",
    text="#e8ecf2",
    muted="#9aa5b4",
    grid="#2a3340",
    background="#11161d",
    surface="#1a212b",
    original="#9aa5b4",
    reconstruction="#7ba2ff",
    positive="#ff9d4d",
    negative="#7ba2ff",
    encoder="#5877c9",
    code="#ff9d4d",
    decoder="#3f8f86",
    good="#3fc2b1",
    bad="#ff7a66",
    classes=CLASSES_ON_DARK,
    sequential=(
        "#16243f",
        "#1c3159",
        "#233f75",
        "#2c4f92",
        "#3860b0",
        "#4974c8",
        "#628bda",
        "#80a4e8",
        "#a2bef2",
        "#c8d9f9",
    ),
    diverging=(
        "#a2bef2",
        "#7ba2ff",
        "#4f78d2",
        "#2f4a86",
        "#192338",
        "#2b1f16",
        "#74461b",
        "#b96c22",
        "#ff9d4d",
        "#ffc590",
    ),
)


def palette() -> Palette:
    """The colours for the theme that the visitor sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def plotly_layout(colours: Palette | None = None) -> dict[str, Any]:
    """The layout that every Plotly figure starts from; use it with `theme=None`."""
    colours = colours or palette()
    axis = {
        "gridcolor": colours.grid,
        "linecolor": colours.grid,
        "zerolinecolor": colours.grid,
        "tickfont": {"color": colours.muted},
        "title": {"font": {"color": colours.muted}},
    }
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": colours.text, "family": "Source Sans, sans-serif", "size": 14},
        "colorway": list(colours.classes),
        "margin": {"l": 48, "r": 16, "t": 24, "b": 44},
        "xaxis": axis,
        "yaxis": axis,
        "legend": {"bgcolor": "rgba(0,0,0,0)", "font": {"color": colours.text}},
        "hoverlabel": {
            "bgcolor": colours.surface,
            "bordercolor": colours.grid,
            "font": {"color": colours.text},
        },
    }
