"""Charts over strengths: lines with intervals, where they stand, and in words."""

from __future__ import annotations

from xml.etree import ElementTree

from aecore.evaluation.anomalies.detection import Estimate
from ui.base.theme import LIGHT
from ui.figures.robustness import Line, RobustnessChart, describe_robustness, plot_robustness

CHART = RobustnessChart(
    "error",
    "pixels",
    (0.0, 1.0, 2.0),
    (
        Line("<this> run", [Estimate(v, v - 0.1, v + 0.1) for v in (0.2, 0.4, 0.8)], "#123456"),
        Line("PCA", [Estimate(v, v - 0.1, v + 0.1) for v in (0.3, 0.6, 0.9)], "#654321"),
    ),
)


def test_each_strength_has_a_dot_and_an_interval() -> None:
    """Three bars of three strokes for each of two lines; strengths and names are written."""
    drawn = ElementTree.fromstring(plot_robustness(CHART, LIGHT))
    found = list(drawn.iter("{http://www.w3.org/2000/svg}line"))
    bars = [each for each in found if each.get("stroke") == "#123456"]
    assert len(bars) == 9
    first = bars[0]
    assert first.get("x1") == first.get("x2")
    assert float(first.get("y1", "")) > float(first.get("y2", "")), "low ends stand lower"
    texts = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"clean", "1", "2", "pixels", "error", "<this> run", "PCA"} <= set(texts)


def test_figures_that_are_none_leave_a_gap() -> None:
    """An R² of equal values has none, and no interval."""
    nan = float("nan")
    line = Line("one", [Estimate(0.2, 0.1, 0.3), Estimate(nan, nan, nan)], "#123456")
    chart = RobustnessChart("R²", "pixels", (0.0, 1.0), (line,))
    drawn = ElementTree.fromstring(plot_robustness(chart, LIGHT))
    found = list(drawn.iter("{http://www.w3.org/2000/svg}line"))
    assert len([each for each in found if each.get("stroke") == "#123456"]) == 3


def test_it_is_told_in_words() -> None:
    """Each line with both of its ends."""
    said = describe_robustness(CHART)
    assert said == (
        "error by strength, from 0 to 2 pixels: <this> run from 0.200 to 0.800; "
        "PCA from 0.300 to 0.900."
    )
