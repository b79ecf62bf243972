"""Does the map lead along the marks to the last one, over all samples?"""

from __future__ import annotations

import numpy as np
import pytest

from tests.made import samples
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.places import describe_places, plot_places

POINTS = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
MARKS = np.array([[1.0, -1.0], [2.5, 0.25]])


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_marks_stand_over_the_samples(palette: Palette) -> None:
    """The first is where the way begins, the last a diamond; the samples stay a group a class."""
    kept = samples("table", np.zeros((3, 2)), np.zeros((3, 2)), label=np.array([0, 1, 1]))

    spec = plot_places(POINTS, kept, MARKS, palette)

    *groups, way = spec["series"]
    assert sum(len(data["source"]) for data in spec["dataset"]) == len(POINTS)
    assert [group["name"] for group in groups] == ["0", "1"]
    assert [mark["value"] for mark in way["data"]] == MARKS.tolist()
    assert [mark["symbol"] for mark in way["data"]] == ["circle", "diamond"]
    assert way["z"] > 2


def test_a_map_without_marks_is_the_samples_alone() -> None:
    """In the figure and in its description."""
    kept = samples("table", np.zeros((3, 2)), np.zeros((3, 2)))
    nothing = np.empty((0, 2))

    assert plot_places(POINTS, kept, nothing, LIGHT)["series"][-1]["data"] == []
    assert describe_places(POINTS, nothing) == "Map of 3 codes"
    assert describe_places(POINTS, MARKS) == "Map of 3 codes; yours lies at 2.500, 0.250"
    assert describe_places(POINTS, MARKS * -1e-9).endswith("yours lies at 0.000, 0.000")
