"""Does a map show every sample once, in the colour of its class or error, and lead back to it?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aecore.latent.colours import NO_VALUE, Colouring
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.latent import Axes, plot_map, plot_moving_map

PLANE = Axes(("one", "two"))
SPACE = Axes(("one", "two", "three"))


def classes(places: list[int], names: tuple[str, ...] = ("c0", "c1", "c2")) -> Colouring:
    """Colours of classes."""
    return Colouring("Label", np.array(places, dtype=int), names)


def numbers(*values: float) -> Colouring:
    """Colours of a number."""
    return Colouring("Error (MSE)", np.array(values))


def points(n: int, dimensions: int = 2) -> np.ndarray:
    """n points, each with coordinates of its own."""
    return np.arange(n * dimensions, dtype=np.float32).reshape(n, dimensions)


@pytest.mark.parametrize(
    ("dimensions", "axes", "kind"),
    [
        (2, PLANE, "scattergl"),
        (3, SPACE, "scatter3d"),
    ],
)
def test_each_point_leads_back_to_its_sample(dimensions: int, axes: Axes, kind: str) -> None:
    """`customdata` is the position among the samples, whatever trace the point is in."""
    own = points(5, dimensions)

    figure = plot_map(own, classes([1, 0, 1, 0, 2]), axes, LIGHT)

    found = {}
    for trace in figure.data:
        assert trace.type == kind
        coordinates = [trace.x, trace.y, *([trace.z] if dimensions == 3 else [])]
        found |= dict(zip(trace.customdata, zip(*coordinates, strict=True), strict=True))
    assert found == {i: tuple(own[i]) for i in range(5)}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_classes_have_colours_of_their_own(palette: Palette) -> None:
    """In the order of the classes, with their names in the legend."""
    figure = plot_map(points(3), classes([2, 0, 1]), PLANE, palette)

    assert [trace.name for trace in figure.data] == ["c0", "c1", "c2"]
    assert [trace.marker.color for trace in figure.data] == list(palette.classes[:3])
    assert figure.layout.showlegend


def test_the_names_of_classes_are_escaped() -> None:
    """A label from a file cannot become a link in the legend."""
    figure = plot_map(points(1), classes([0], ("<b>x</b>",)), PLANE, LIGHT)

    assert figure.data[0].name == "&lt;b&gt;x&lt;/b&gt;"


def test_numbers_are_coloured_on_a_scale_that_one_outlier_does_not_spoil() -> None:
    """One trace; the largest and the least share the ends of the scale."""
    values = [-50.0, *np.linspace(0.1, 0.2, 298), 50.0]

    figure = plot_map(points(300), numbers(*values), PLANE, LIGHT)

    (trace,) = figure.data
    assert trace.customdata.tolist() == list(range(300))
    ends = (trace.marker.cmin, trace.marker.cmax)
    assert ends == pytest.approx((0.1, 0.2), abs=0.01)
    assert (min(trace.marker.color), max(trace.marker.color)) == ends
    assert trace.marker.colorbar.title.text == "Error (MSE)"


@pytest.mark.parametrize("values", [[0.5, 0.5], [np.nan, 0.5]])
def test_equal_or_missing_numbers_still_have_a_scale(values: list[float]) -> None:
    """Its ends differ; points without a number are there, in a trace of their own."""
    figure = plot_map(points(2), numbers(*values), PLANE, LIGHT)

    marker = figure.data[-1].marker
    assert marker.cmin < marker.cmax
    assert sorted(np.concatenate([trace.customdata for trace in figure.data])) == [0, 1]


def test_points_without_any_number_are_drawn() -> None:
    """As such."""
    (trace,) = plot_map(points(2), numbers(np.nan, np.nan), PLANE, LIGHT).data

    assert (trace.name, trace.customdata.tolist()) == (NO_VALUE, [0, 1])


@pytest.mark.parametrize("colouring", [classes([1, 0, 1, 0]), numbers(1, 2, np.nan, 4)])
def test_a_selection_stands_out_however_traces_are_split(colouring: Colouring) -> None:
    """Selected are positions among the samples, and without any no point is faded."""
    figure = plot_map(points(4), colouring, PLANE, LIGHT, selected=[0, 3])

    chosen = [trace.customdata[list(trace.selectedpoints)] for trace in figure.data]
    assert sorted(np.concatenate(chosen)) == [0, 3]
    assert plot_map(points(4), colouring, PLANE, LIGHT).data[0].selectedpoints is None


def test_axes_say_what_they_mean() -> None:
    """Titles always; ticks and equal units only where distances mean something."""
    measured = plot_map(points(2), classes([0, 1]), PLANE, LIGHT).layout
    arbitrary = plot_map(points(2), classes([0, 1]), Axes(("", ""), False, False), LIGHT).layout

    assert (measured.xaxis.title.text, measured.yaxis.title.text) == ("one", "two")
    assert measured.xaxis.showticklabels and measured.yaxis.scaleanchor == "x"
    assert not arbitrary.xaxis.visible and arbitrary.yaxis.scaleanchor is None


@pytest.mark.parametrize("axes", [PLANE, SPACE])
def test_an_empty_map_keeps_its_axes(axes: Axes) -> None:
    """Without points there is no trace, and no error."""
    figure = plot_map(points(0, len(axes.titles)), classes([]), axes, LIGHT)

    assert len(figure.data) == 0


@pytest.mark.parametrize("dimensions", [2, 3])
def test_a_moving_map_shows_every_point_in_its_class(dimensions: int) -> None:
    """One data set a class, with the first two dimensions."""
    own = points(4, dimensions)

    spec = plot_moving_map(own, classes([1, 0, 1, 1], ("c0", "c1")), LIGHT)

    frames = [data["source"] for data in spec["dataset"]]
    np.testing.assert_array_equal(frames[0].to_numpy(), own[[1], :2])
    np.testing.assert_array_equal(frames[1].to_numpy(), own[[0, 2, 3], :2])
    assert [series["name"] for series in spec["series"]] == ["c0", "c1"]
    assert "legend" in spec and not spec["animation"]


def test_a_moving_map_can_be_coloured_by_a_number() -> None:
    """It is a column of its own, mapped to colour."""
    spec: dict[str, Any] = plot_moving_map(points(2), numbers(0.1, 0.3), LIGHT)

    assert spec["dataset"][0]["source"]["value"].tolist() == [0.1, 0.3]
    assert spec["visualMap"]["dimension"] == "value"
    assert "legend" not in spec
