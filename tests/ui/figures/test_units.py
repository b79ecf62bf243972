"""Figures of the numbers of a code, and of probes: whole SVGs with all that they show."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np

from aecore.evaluation.anomalies.detection import Estimate
from tests.made import HOSTILE
from ui.base.theme import DARK, LIGHT
from ui.figures.pictures import SHARPNESS, strip
from ui.figures.probe_scores import Group, Mark, describe_scores, plot_scores
from ui.figures.units import (
    Change,
    panels_size,
    plot_changes,
    plot_moves,
    plot_panels,
    plot_unit_spread,
)


def parts(svg: str, tag: str) -> list[ElementTree.Element]:
    """The elements of a tag; a broken SVG raises."""
    return ElementTree.fromstring(svg).findall(f".//{{http://www.w3.org/2000/svg}}{tag}")


def texts(svg: str) -> list[str]:
    """All that is written."""
    return [each.text or "" for each in parts(svg, "text")]


def test_a_spread_has_a_bar_for_each_filled_bin() -> None:
    """And the values at its ends."""
    drawn = plot_unit_spread(np.array([1, 0, 4]), np.array([-1.5, 0, 1, 2]), LIGHT)
    assert len(parts(drawn, "rect")) == 2
    assert texts(drawn) == ["-1.50", "2.00"]


def test_moves_are_lines_over_each_other_and_panels_beside_each_other() -> None:
    """Also where nothing moves."""
    lines = np.linspace(0, 1, 7)[:, None] * np.sin(np.arange(50))
    assert len(parts(plot_moves(lines, DARK), "polyline")) == 7
    assert len(parts(plot_moves(np.zeros((7, 50)), DARK), "polyline")) == 7
    drawn = plot_panels(lines, LIGHT.original, 4)
    assert len(parts(drawn, "polyline")) == 7
    root = ElementTree.fromstring(drawn)
    assert (int(root.attrib["width"]), int(root.attrib["height"])) == panels_size(7, 4)


def test_changes_are_named_as_plain_text() -> None:
    """A stranger's name cannot become markup; values stand in own units."""
    drawn = plot_changes([Change(HOSTILE, -2.0, 3.0, 1.0), Change("b", 1.0, 0.0, 5.0)], LIGHT)
    assert len(parts(drawn, "rect")) == 2
    assert any(text.startswith("<b>") for text in texts(drawn))
    assert "3.00 → 1.00" in texts(drawn)


def test_probe_scores_have_a_row_each_beside_chance() -> None:
    """A figure without an interval has a dot alone."""
    nan = float("nan")
    groups = [
        Group(
            "Logistic regression",
            [
                Mark("codes", Estimate(0.8, 0.7, 0.9), "reconstruction"),
                Mark("PCA", Estimate(0.6, nan, nan), "yardstick"),
            ],
        )
    ]
    drawn = plot_scores(groups, "accuracy", Estimate(0.1, 0.1, 0.1), LIGHT)
    assert len(parts(drawn, "circle")) == 2
    assert {"codes", "PCA", "chance", "0.80", "0.60"} <= set(texts(drawn))
    assert (
        describe_scores(groups, "accuracy", Estimate(0.1, 0.1, 0.1))
        == "accuracy. Logistic regression: codes 0.800, PCA 0.600; chance 0.100."
    )
    assert "chance" not in texts(plot_scores(groups, "accuracy", None, DARK))


def test_a_strip_has_pictures_side_by_side() -> None:
    """Enlarged by whole factors, with gaps that nothing is seen in."""
    made = strip(np.full((3, 4, 4, 3), 200, np.uint8), 8)
    assert made.shape[0] == 8 * SHARPNESS
    assert (made[0, :, 3] == 0).any() and (made[..., 3] == 255).any()
