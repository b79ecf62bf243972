"""Is a map of codes shaded where samples lie, and is what a browser sends a place?"""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.pictures import rgb
from ui.generate.plane_map import pointed_at, ratio, shaded

EXTENT = (-2.0, 2.0, -1.0, 1.0)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_holes_are_see_through_and_rows_go_up(palette: Palette) -> None:
    """The first row of cells is the lowest of the picture; stronger shades for denser places."""
    cells = np.array([[0.0, 0.05], [0.5, 1.0]])
    _, data = shaded(cells, palette).split(",")

    seen = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))

    assert seen[..., 3].tolist() == [[255, 255], [0, 255]]
    assert tuple(seen[1, 1, :3]) == rgb(palette.sequential[1])
    assert tuple(seen[0, 1, :3]) == rgb(palette.sequential[6])


@pytest.mark.parametrize(
    "sent",
    [None, "1,2", [1.0], [1.0, 2.0, 3.0], [float("nan"), 0.0], [0.0, float("inf")], ["a", 1]],
)
def test_what_is_no_place_is_ignored(sent: object) -> None:
    """Whatever a browser sends."""
    assert pointed_at(sent, EXTENT) is None


def test_places_stay_within_the_map() -> None:
    """A place beyond its edge is the edge."""
    assert pointed_at([1, -0.5], EXTENT) == (1.0, -0.5)
    assert pointed_at([-9.0, 9.0], EXTENT) == (-2.0, 1.0)


def test_the_plane_keeps_its_proportions() -> None:
    """As far as a screen allows."""
    assert ratio((0.0, 4.0, 0.0, 3.0)) == 0.75
    assert ratio((0.0, 100.0, 0.0, 1.0)) == 0.5
    assert ratio((0.0, 1.0, 0.0, 100.0)) == 0.9
