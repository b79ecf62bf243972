"""Does a map show every sample once, in the colour of its class or error, and lead back to it?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aecore.evaluation.samples import Samples
from ui.figures.latent import SYMBOLS, Axes, label_groups, plot_map, plot_moving_map
from ui.theme import DARK, LIGHT, Palette

PLANE = Axes(("one", "two"))
SPACE = Axes(("one", "two", "three"))


def samples(labels: list[int] | None, error: list[float] | None = None) -> Samples:
    """As many samples as labels or errors, of classes called c0, c1, …"""
    n = len(labels if labels is not None else error or [])
    values = np.zeros((n, 1), dtype=np.float32)
    return Samples(
        measured_on="validation",
        kind="table",
        index=np.arange(n),
        original=values,
        reconstruction=values,
        code=values,
        error=np.zeros(n) if error is None else np.array(error),
        label=None if labels is None else np.array(labels),
        class_names=tuple(f"c{i}" for i in range(100)),
        feature_names=("f",),
        display_range=(0.0, 1.0),
        total=n,
    )


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

    figure = plot_map(own, samples([1, 0, 1, 0, 2]), "label", axes, LIGHT)

    found = {}
    for trace in figure.data:
        assert trace.type == kind
        coordinates = [trace.x, trace.y, *([trace.z] if dimensions == 3 else [])]
        found |= dict(zip(trace.customdata, zip(*coordinates, strict=True), strict=True))
    assert found == {i: tuple(own[i]) for i in range(5)}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_classes_have_colours_of_their_own(palette: Palette) -> None:
    """In the order of the classes, with their names in the legend."""
    figure = plot_map(points(3), samples([2, 0, 1]), "label", PLANE, palette)

    assert [trace.name for trace in figure.data] == ["c0", "c1", "c2"]
    assert [trace.marker.color for trace in figure.data] == list(palette.classes[:3])
    assert figure.layout.showlegend


def test_more_classes_than_colours_take_another_symbol() -> None:
    """No two classes look the same; past all symbols the rest are one group."""
    many = len(LIGHT.classes) * len(SYMBOLS) + 3

    groups = label_groups(samples(list(range(many))), LIGHT)

    assert len({(group.colour, group.symbol) for group in groups[:-1]}) == many - 3
    assert groups[-1].name == "3 other classes"
    assert np.concatenate([group.positions for group in groups]).tolist() == list(range(many))


def test_the_names_of_classes_are_escaped() -> None:
    """A label from a file cannot become a link in the legend."""
    given = samples([0])
    hostile = Samples(**{**vars(given), "class_names": ("<b>x</b>",)})

    figure = plot_map(points(1), hostile, "label", PLANE, LIGHT)

    assert figure.data[0].name == "&lt;b&gt;x&lt;/b&gt;"


def test_errors_are_coloured_on_a_scale_that_one_outlier_does_not_spoil() -> None:
    """One trace; the largest errors share the end of the scale."""
    errors = [*np.linspace(0.1, 0.2, 199), 50.0]

    figure = plot_map(points(200), samples(None, errors), "error", PLANE, LIGHT)

    (trace,) = figure.data
    assert trace.customdata.tolist() == list(range(200))
    assert (trace.marker.cmin, trace.marker.cmax) == (0.1, pytest.approx(0.2, abs=0.01))
    assert max(trace.marker.color) == trace.marker.cmax


@pytest.mark.parametrize("errors", [[0.5, 0.5], [np.nan, 0.5], [np.nan, np.nan]])
def test_equal_or_missing_errors_still_have_a_scale(errors: list[float]) -> None:
    """Its ends differ."""
    figure = plot_map(points(2), samples(None, errors), "error", PLANE, LIGHT)

    assert figure.data[0].marker.cmin < figure.data[0].marker.cmax


def test_axes_say_what_they_mean() -> None:
    """Titles always; ticks and equal units only where distances mean something."""
    measured = plot_map(points(2), samples([0, 1]), "label", PLANE, LIGHT).layout
    arbitrary = plot_map(
        points(2), samples([0, 1]), "label", Axes(("", ""), False, False), LIGHT
    ).layout

    assert (measured.xaxis.title.text, measured.yaxis.title.text) == ("one", "two")
    assert measured.xaxis.showticklabels and measured.yaxis.scaleanchor == "x"
    assert not arbitrary.xaxis.visible and arbitrary.yaxis.scaleanchor is None


@pytest.mark.parametrize("axes", [PLANE, SPACE])
def test_an_empty_map_keeps_its_axes(axes: Axes) -> None:
    """Without points there is no trace, and no error."""
    figure = plot_map(points(0, len(axes.titles)), samples([]), "label", axes, LIGHT)

    assert len(figure.data) == 0


@pytest.mark.parametrize("dimensions", [2, 3])
def test_a_moving_map_shows_every_point_in_its_class(dimensions: int) -> None:
    """One data set a class, with the first two dimensions."""
    own = points(4, dimensions)

    spec = plot_moving_map(own, samples([1, 0, 1, 1]), "label", LIGHT)

    frames = [data["source"] for data in spec["dataset"]]
    np.testing.assert_array_equal(frames[0].to_numpy(), own[[1], :2])
    np.testing.assert_array_equal(frames[1].to_numpy(), own[[0, 2, 3], :2])
    assert [series["name"] for series in spec["series"]] == ["c0", "c1"]
    assert "legend" in spec and not spec["animation"]


def test_a_moving_map_can_be_coloured_by_error() -> None:
    """The error is a column of its own, mapped to colour."""
    spec: dict[str, Any] = plot_moving_map(points(2), samples(None, [0.1, 0.3]), "error", LIGHT)

    assert spec["dataset"][0]["source"]["error"].tolist() == [0.1, 0.3]
    assert spec["visualMap"]["dimension"] == "error"
    assert "legend" not in spec
