"""The map with the code of a sample of one's own among those that the run kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from aecore.data.prepare.split import drawn_rows
from aecore.errors import LabError
from aecore.evaluation.reconstruction import class_name
from aecore.evaluation.samples import Samples
from aecore.latent.maps.methods import METHODS, Placing
from aecore.latent.maps.plane import fit_plane
from aecore.latent.moving import beyond_rounding
from aecore.latent.neighbours import nearest, usual_distance
from ui.app import session
from ui.base.text import count, counted, plain, rounded
from ui.base.theme import Palette
from ui.figures.places import HEIGHT, describe_places, plot_places
from ui.shared.map_jobs import newest_in_plane
from ui.shared.map_methods import in_words
from ui.try_your_own.result import OwnSample

# More points would only cover each other, and each is drawn anew with every stroke.
MAX_POINTS = 1000
PCA = "pca"
TAKES_MORE = {name: method for name, method in METHODS.items() if method.placing is not None}
TITLES = {PCA: "PCA", **{name: method.title for name, method in TAKES_MORE.items()}}
MAPS_THAT_TAKE_MORE = " and ".join(method.title for method in TAKES_MORE.values())
METHOD_HELP = (
    "PCA is the plane in which the codes spread most, and distances in it mean something. "
    f"{MAPS_THAT_TAKE_MORE} is the newest map of this run from the page Latent space; neighbours "
    "on it are alike."
)
NO_MAP = (
    f"{MAPS_THAT_TAKE_MORE} can be chosen here once a 2-D map of this run has been computed to its "
    "end."
)


@dataclass(frozen=True)
class Map:
    """A map of a run's kept codes on which others find a place.

    Attributes:
        points: (n, 2) of all kept samples.
        place: codes (m, k) to places (m, 2); may raise a LatentError.
        reading: what it is and how to read it.
    """

    points: np.ndarray
    place: Callable[[np.ndarray], np.ndarray]
    reading: str


def show_map(
    run_id: str, samples: Samples, own_samples: Sequence[OwnSample], palette: Palette
) -> None:
    """The kept codes on a map of the visitor's choice, and the way along those tried."""
    codes = np.array([each.code for each in own_samples])
    chosen = _choose_map(run_id, samples)
    marks = _placed(chosen, codes) if own_samples else np.empty((0, 2))
    positions = drawn_rows(len(samples.code), MAX_POINTS, 0)
    shown = dataclasses.replace(
        samples,
        error=samples.error[positions],
        label=None if samples.label is None else samples.label[positions],
    )
    points = chosen.points[positions]
    st.echarts_chart(
        plot_places(points, shown, marks, palette),
        key="trial-map",
        height=HEIGHT,
        alt=describe_places(points, marks),
    )
    part = f" {count(len(positions))} of {counted(len(samples.code), 'sample')} are drawn."
    st.caption(chosen.reading + (part if len(positions) < len(samples.code) else ""))
    if own_samples:
        _show_nearest(run_id, samples, codes[-1])


def _choose_map(run_id: str, samples: Samples) -> Map:
    """PCA's, or another that takes further samples; it is said where such a one comes from."""
    rows = len(samples.code)
    newest = {name: found for name in TAKES_MORE if (found := newest_in_plane(run_id, rows, name))}
    if not newest:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(NO_MAP, width="content")
            st.page_link(
                "pages/latent_space.py", label="Latent space", icon=":material/scatter_plot:"
            )
        return _pca_map(run_id, samples)
    method = st.segmented_control(
        "Map",
        [PCA, *newest],
        format_func=TITLES.__getitem__,
        default=PCA,
        required=True,
        key="trial-map-method",
        persist_state="session",
        help=METHOD_HELP,
    )
    if method == PCA:
        return _pca_map(run_id, samples)
    chosen, spec = newest[method], TAKES_MORE[method]
    points = chosen.map.points
    reading = f"{spec.title} with {in_words(chosen.settings)}. {spec.placed}"
    return Map(points, _placing(chosen.key, method, samples, points), reading)


def _placed(chosen: Map, codes: np.ndarray) -> np.ndarray:
    """The places of codes; none, and the reason on screen, where they have none."""
    try:
        return chosen.place(codes)
    except LabError as error:
        session.show_error(error)
        return np.empty((0, 2))


def _show_nearest(run_id: str, samples: Samples, code: np.ndarray) -> None:
    """How far the nearest kept code is, with what is usual as yardstick, and whose it is."""
    found = nearest(samples.code, code, count=1)
    usual = _usual_distance(run_id, samples)
    next_to, distance = int(found.index[0]), beyond_rounding(float(found.distance[0]), usual)
    name = f"row {count(int(samples.index[next_to]))}"
    if samples.label is not None:
        name = f"**{plain(class_name(samples, int(samples.label[next_to])))}**, {name}"
    st.metric(
        "Distance to the nearest kept code",
        rounded(distance),
        width="content",
        help="Euclidean, in the code itself and not on the map.",
    )
    share = f"{rounded(distance / usual, 2)} times what is usual. " if usual > 0 else ""
    st.caption(
        f"{share}Half of the kept samples have another within {rounded(usual)}. Nearest kept code: "
        f"{name}."
    )


@st.cache_resource(show_spinner=False, max_entries=8)
def _pca_map(run_id: str, _samples: Samples) -> Map:
    plane = fit_plane(_samples.code)
    across, up = plane.explained
    reading = (
        f"The plane (PCA) in which the codes spread most: {across + up:.0%} of their variance."
    )
    return Map(plane.to_plane(_samples.code), plane.to_plane, reading)


@st.cache_resource(show_spinner="Getting the map ready for new samples", max_entries=8)
def _placing(key: str, method: str, _samples: Samples, _points: np.ndarray) -> Placing:
    placing = METHODS[method].placing
    assert placing is not None
    return placing(_points, _samples.code)


@st.cache_resource(show_spinner=False, max_entries=8)
def _usual_distance(run_id: str, _samples: Samples) -> float:
    return usual_distance(_samples.code)
