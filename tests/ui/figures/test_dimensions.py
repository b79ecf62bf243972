"""Charts over encoding dimensions: what is drawn, where, and in words."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from ui.base.theme import LIGHT
from ui.figures.dimensions import DimensionChart, Line, describe_dimensions, plot_dimensions

CHART = DimensionChart(
    unit="squared scaled units",
    lines=(
        Line("ordered code", (1, 2, 4), (0.5, 0.3, 0.1), "reconstruction"),
        Line("PCA", (1, 2, 4), (0.6, 0.4, 0.2), "yardstick"),
    ),
    levels={"mean": (0.8, "mean")},
    dots={2: [0.25, 0.35], 4: [0.15]},
    advised=(2, 4),
)


def drawn(chart: DimensionChart) -> ElementTree.Element:
    """The chart as XML, which a browser must be able to read."""
    return ElementTree.fromstring(plot_dimensions(chart, LIGHT))


def of(chart: DimensionChart, tag: str) -> list[ElementTree.Element]:
    """All elements of a kind."""
    return list(drawn(chart).iter(f"{{http://www.w3.org/2000/svg}}{tag}"))


def test_lines_dots_and_the_advised_range_are_drawn() -> None:
    """Two lines with their points, a ring for each training, a band, and names beside the ends."""
    assert len(of(CHART, "path")) == 4
    rings = of(CHART, "circle")
    assert len(rings) == 3
    heights = [float(ring.get("cy", "")) for ring in rings]
    assert heights[1] < heights[0] < heights[2], "a larger error stands higher"
    texts = [text.text for text in of(CHART, "text")]
    assert {"ordered code", "PCA", "mean 0.800", "separate trainings", "advised"} <= set(texts)
    [band] = of(CHART, "rect")
    ends = float(band.get("x", "")), float(band.get("x", "")) + float(band.get("width", ""))
    assert ends[0] < float(rings[0].get("cx", "")) < float(rings[2].get("cx", "")) < ends[1]


def test_long_codes_stand_on_a_logarithmic_axis() -> None:
    """Or the short ones would stand on each other."""

    def places(last: int) -> list[float]:
        line = Line("PCA", (1, 2, last), (3.0, 2.0, 1.0), "yardstick")
        path = of(DimensionChart("", (line,)), "path")[0].get("d", "")
        return [float(x) for x in re.findall(r"[ML]([\d.]+) ", path)]

    short, long = places(32), places(1024)
    assert (short[1] - short[0]) / (short[2] - short[0]) == pytest.approx(1 / 31, rel=0.01)
    assert (long[1] - long[0]) / (long[2] - long[0]) == pytest.approx(0.1, rel=0.01)


def test_it_is_told_in_words() -> None:
    """With where each line begins and ends."""
    said = describe_dimensions(CHART)
    assert "ordered code from 0.500 with 1 to 0.100 with 4" in said
    assert "mean 0.800" in said
    assert "3 separate trainings as dots" in said


def test_nothing_to_draw_has_axes() -> None:
    """And says so."""
    empty = DimensionChart("nats a value", ())
    assert not of(empty, "path")
    assert of(empty, "line")
    assert describe_dimensions(empty).endswith("nothing yet.")
