"""The map of the latent space: its choice, its drawing, and how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent.colours import Colouring
from aecore.latent.maps.available import dimensions_for, is_collapsed
from aecore.latent.maps.methods import METHODS, Method
from aecore.latent.maps.projection import Projection, pca
from aecore.latent.maps.settings import MapSettings
from ui.base.text import count, counted
from ui.base.theme import Palette
from ui.figures.latent import Axes, plot_map
from ui.shared import map_selection
from ui.shared.sample_card import Cards, cards, show_cards

CHART = map_selection.CHART
NOT_OFFERED = "{title} is a further map, which this installation lacks: `make {name}` adds it."
LINE = "line"
AXIS_WIDTH = 130
AXIS_HELP = "Which number of the code, from 1."
SELECTION: tuple[Literal["box"], Literal["lasso"]] = ("box", "lasso")


@dataclass(frozen=True)
class MapChoice:
    """What the controls ask for.

    Attributes:
        method: "pca", "axes", one of `METHODS`, or `LINE` for a code of one number.
        dimensions: 2 or 3.
        axes: for "axes", which numbers of the code, from 0.
    """

    method: str
    dimensions: int
    axes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A map as it can be drawn.

    Attributes:
        key: tells it from all other maps of its run.
        points: (n, 2) or (n, 3).
        axes: what they mean.
        reading: a sentence or two on how to read it.
        settings: what it was computed with, if that took a job.
    """

    key: str
    points: np.ndarray
    axes: Axes
    reading: str
    settings: MapSettings | None = None


def choose_map(samples: Samples) -> MapChoice:
    """Controls for the kind of map; only what these codes allow is offered."""
    width = samples.code.shape[1]
    if width == 1:
        return MapChoice(LINE, 2)
    installed = [method for method in METHODS.values() if method.is_installed()]
    titles = {
        "pca": "PCA",
        **{method.name: method.title for method in installed},
        "axes": "Axes",
    }
    method = st.segmented_control(
        "Map",
        list(titles),
        format_func=titles.__getitem__,
        default="axes" if width <= 3 else "pca",
        required=True,
        key="map-method",
        persist_state="session",
        help=_help(installed),
    )
    dimensions = st.segmented_control(
        "Dimensions",
        dimensions_for(samples.code),
        format_func=lambda number: f"{number}-D",
        default=2,
        required=True,
        help="Three dimensions can be turned with the mouse.",
    )
    return MapChoice(method, dimensions)


def choose_axes(choice: MapChoice, samples: Samples) -> MapChoice:
    """The choice with which numbers of the code are drawn."""
    width, dimensions = samples.code.shape[1], choice.dimensions
    if width == dimensions:
        return replace(choice, axes=tuple(range(width)))
    names = ("Horizontal axis", "Vertical axis", "Depth axis")[:dimensions]
    axes = tuple(
        int(st.number_input(name, 1, width, place + 1, width=AXIS_WIDTH, help=AXIS_HELP)) - 1
        for place, name in enumerate(names)
    )
    return replace(choice, axes=axes)


def reason_unavailable(samples: Samples, method: str) -> str:
    """Why there can be no map of these codes, in sentences; empty where there can."""
    rows = len(samples.code)
    if rows == 0:
        return "This run kept no samples, so there is nothing to map."
    if not np.isfinite(samples.code).all():
        return (
            "Some codes are not finite numbers: training diverged. "
            "Train again with a smaller learning rate."
        )
    if is_collapsed(samples.code):
        return (
            "The encoder gives every sample the same code, so the map is a single point. "
            "Train for longer, or with another learning rate or activation."
        )
    if method in METHODS and rows < METHODS[method].least_rows:
        return (
            f"{METHODS[method].title} compares each sample with its neighbours, and {count(rows)} "
            "samples are too few for that. PCA shows them all."
        )
    return ""


def draw(run_id: str, samples: Samples, choice: MapChoice) -> Drawn:
    """The points of every map that takes no job."""
    if choice.method == "pca":
        return _pca_map(run_id, samples, choice.dimensions)
    if choice.method == "axes":
        titles = tuple(f"Code {axis + 1}" for axis in choice.axes)
        reading = (
            "Each axis is one number of the code, just as the decoder receives it. Samples that "
            "lie together get similar reconstructions; empty regions were never learned."
        )
        key = "-".join(["axes", *map(str, choice.axes)])
        return Drawn(key, samples.code[:, list(choice.axes)], Axes(titles), reading)
    reading = (
        "This code is a single number, so it is drawn against the error. Classes that share a "
        "stretch of the line cannot be told apart by the decoder."
    )
    points = np.stack([samples.code[:, 0], samples.error], axis=1)
    axes = Axes(("Code", "Reconstruction error (MSE)"), same_unit=False)
    return Drawn(LINE, points, axes, reading)


def show_map(
    run_id: str, samples: Samples, drawn: Drawn, colouring: Colouring, palette: Palette
) -> None:
    """The map in Plotly with a card for the sample under the mouse.

    What is selected on it stands in `latent_state`, also when other colours draw it anew.
    """
    appearance = (drawn.key, colouring.title, palette.dark)
    selected = map_selection.selected_when_drawn(run_id, appearance)
    key = f"{CHART}-{run_id}-{drawn.key}-{map_selection.clearings(run_id)}"
    with st.container(key=CHART):
        st.plotly_chart(
            plot_map(drawn.points, colouring, drawn.axes, palette, selected),
            theme=None,
            key=key,
            on_select=partial(map_selection.take_selection, run_id, key),
            selection_mode=SELECTION,
            config={"scrollZoom": True, "displaylogo": False},
            alt=f"Map of {count(len(samples.code))} latent codes, coloured by {colouring.title}",
        )
    show_cards(CHART, sample_cards(run_id, samples), key="sample-card")


def sampled(samples: Samples) -> str:
    """How many samples the map shows, and of how many, as a sentence."""
    shown = count(len(samples.code))
    if len(samples.code) == samples.total:
        return f"All {shown} {samples.measured_on} samples are shown."
    return (
        f"Shown are {shown} of {count(samples.total)} {samples.measured_on} samples, drawn at "
        "random: a run keeps no more."
    )


def pca_points(run_id: str, samples: Samples, dimensions: int = 2) -> np.ndarray:
    """(n, dimensions) the codes by PCA, the yardstick of every other map."""
    return _pca(run_id, samples, dimensions).points


@st.cache_resource(show_spinner=False, max_entries=8)
def sample_cards(run_id: str, _samples: Samples) -> Cards:
    """The cards of a run's samples, made once."""
    return cards(_samples)


def _help(installed: Sequence[Method]) -> str:
    said = "".join(f"{method.title} {method.summary}; " for method in installed)
    lacking = [method for method in METHODS.values() if method not in installed]
    missing = [NOT_OFFERED.format(title=each.title, name=each.name) for each in lacking]
    return " ".join(
        [
            f"PCA turns the code so that its first axes carry most of the variance; {said}"
            "axes are the numbers of the code themselves.",
            *missing,
        ]
    )


def _pca_map(run_id: str, samples: Samples, dimensions: int) -> Drawn:
    projection = _pca(run_id, samples, dimensions)
    shares = [float(share) for share in projection.explained]
    titles = tuple(f"Component {i + 1} ({share:.0%})" for i, share in enumerate(shares))
    reading = (
        f"The code has {counted(samples.code.shape[1], 'number')}; these {dimensions} "
        "directions carry "
        f"{sum(shares):.0%} of its variance. Clusters that are apart here are apart in the code; "
        "clusters that overlap may still part in the directions left out."
    )
    return Drawn(f"pca-{dimensions}", projection.points, Axes(titles), reading)


@st.cache_resource(show_spinner=False, max_entries=32)
def _pca(run_id: str, _samples: Samples, dimensions: int) -> Projection:
    return pca(_samples.code, dimensions)
