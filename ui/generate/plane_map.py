"""A map of the plane of codes that can be clicked anywhere.

Plotly's charts report points alone, never the empty places between them; hence a small component.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
import streamlit as st

from aecore.latent.maps.density import RARE
from ui.base.component import component
from ui.base.theme import Palette
from ui.figures.pictures import coloured, data_address

Place = tuple[float, float]

# The sequential scale from its second step on, so that even rare places differ from the ground,
# and not to its end, so that samples still stand out from the densest.
FIRST_SHADE, LAST_SHADE = 1, 6
FLATTEST, TALLEST = 0.5, 0.9
HTML = """
<svg tabindex="0" role="application" aria-roledescription="map"></svg>
<div class="key"></div>
"""

_map = component(__file__, HTML)


@dataclass(frozen=True)
class PlaneMap:
    """What a map shows.

    Attributes:
        drawn: changes with what is drawn, the chosen place apart.
        alt: what it shows, for those who cannot see it.
        picture: the density as a data address, stretched over the extent.
        extent: (left, right, bottom, top) in units of the plane.
        ratio: height over width on screen.
        titles: of the axis across and of the one upwards.
        points: (x, y) of some samples.
        class_of: for each of them its place in `marks`.
        marks: one a class: its colour, and the path of its shape around a point.
        names: of the classes, in the key; none where there is a single one.
        unnamed: how many more classes there are, in words; may be empty.
    """

    drawn: str
    alt: str
    picture: str
    extent: tuple[float, float, float, float]
    ratio: float
    titles: tuple[str, str]
    points: list[list[float]]
    class_of: list[int]
    marks: list[tuple[str, str]]
    names: list[str]
    unnamed: str = ""


def show_plane_map(
    shown: PlaneMap, place: Place, key: str, on_move: Callable[[Place], None]
) -> None:
    """The map with a cross at the place; `on_move` is told each place that is pointed at."""

    def moved() -> None:
        found = pointed_at(st.session_state[key].get("place"), shown.extent)
        if found is not None:
            on_move(found)

    _map(key=key, data={**asdict(shown), "place": place}, on_place_change=moved)


def pointed_at(sent: object, extent: tuple[float, float, float, float]) -> Place | None:
    """What a browser sent as a place within the extent; None if it is no place."""
    if not isinstance(sent, list | tuple) or len(sent) != 2:
        return None
    if not all(isinstance(value, int | float) and math.isfinite(value) for value in sent):
        return None
    left, right, bottom, top = extent
    return min(max(float(sent[0]), left), right), min(max(float(sent[1]), bottom), top)


def shaded(share_emptier: np.ndarray, palette: Palette) -> str:
    """Cells (rows from the lowest, columns) as a data address: holes are see-through."""
    scale = palette.sequential[FIRST_SHADE : LAST_SHADE + 1]
    picture = np.empty((*share_emptier.shape, 4), dtype=np.uint8)
    picture[..., :3] = coloured((share_emptier - RARE) / (1 - RARE), scale)
    picture[..., 3] = np.where(share_emptier < RARE, 0, 255)
    return data_address(picture[::-1])


def ratio(extent: tuple[float, float, float, float]) -> float:
    """Height over width on screen: the plane's own, unless that were too flat or too tall."""
    left, right, bottom, top = extent
    return min(max((top - bottom) / (right - left), FLATTEST), TALLEST)
