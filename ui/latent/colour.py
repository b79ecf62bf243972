"""Choosing what the colours of the map stand for."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.latent.colours import Colouring, colouring, colours_of, first
from aecore.latent.maps.quality import MIN_ROWS, reliability
from ui.app import session
from ui.shared.latent_map import Drawn

RELIABILITY = "reliability"
WIDTH = 190
HELP = (
    "Colours of a class or of a number: the label, the error, columns and known factors in their "
    "own units, or a number of the code. The autoencoder never saw a label. Reliability is how "
    "many of a point’s neighbours in the map are its neighbours in the code, 0 to 1."
)
READING = (
    "Reliability is 1 where all neighbours in the map are neighbours in the code, and near 0 where "
    "the map put samples together that are not alike: do not read anything into those places."
)


def choose_colour(run_id: str, samples: Samples) -> str:
    """A choice among all that these samples can be coloured by."""
    titles = colours_of(samples)
    if len(samples.code) >= MIN_ROWS and samples.code.shape[1] > 1:
        titles[RELIABILITY] = "Reliability of the map"
    chosen: str = st.selectbox(
        "Colour",
        list(titles),
        format_func=titles.__getitem__,
        # What there is to choose from is this run's.
        key=f"map-colour-{run_id}",
        persist_state="session",
        help=HELP,
        width=WIDTH,
    )
    return chosen


def known_colours(samples: Samples, chosen: str) -> Colouring:
    """The colours chosen, or while there is no map to rely on, those that come first."""
    return colouring(samples, chosen) if chosen in colours_of(samples) else first(samples)


def colours(run_id: str, samples: Samples, drawn: Drawn, chosen: str) -> Colouring:
    """The colours chosen for this map."""
    if chosen != RELIABILITY:
        return known_colours(samples, chosen)
    try:
        values = _reliability(run_id, drawn.key, samples, drawn)
        return Colouring("Reliability", values, limits=(0.0, 1.0))
    except LabError as error:
        session.show_error(error)
        return known_colours(samples, chosen)


@st.cache_resource(show_spinner="Looking at each point’s neighbours", max_entries=16)
def _reliability(run_id: str, map_key: str, _samples: Samples, _drawn: Drawn) -> np.ndarray:
    return reliability(_samples.code, _drawn.points)
