"""Does the map show each code at its place, in the colour and shape of its class?"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from aecore.training import events
from ui.figures.live_map import describe_live_map, plot_live_map
from ui.theme import LIGHT

POINTS = np.array([[0.0, 3.0], [-1.0, 1.0], [2.0, -3.0]])


def snapshot(labels: list[int] | None, names: tuple[str, ...] = ()) -> events.Event:
    """A snapshot with three points."""
    packed = events.pack(POINTS, low=-3.0, high=3.0)
    latent_map = {"points": packed, "labels": labels, "class_names": names, "dimension": 8}
    return events.snapshot(4, {}, latent_map)


def series(event: events.Event | None) -> list[dict[str, Any]]:
    """The series of the chart, after a trip through JSON as to the browser."""
    chart = json.loads(json.dumps(plot_live_map(event, LIGHT), allow_nan=False))
    found: list[dict[str, Any]] = chart["series"]
    return found


def test_each_class_is_a_series_with_its_name() -> None:
    """Points go to their class; an index without a name shows itself."""
    first, second = series(snapshot([0, 3, 0], ("malignant",)))
    assert (first["name"], second["name"]) == ("malignant", "3")
    np.testing.assert_allclose(first["data"], POINTS[[0, 2]], atol=0.02)
    np.testing.assert_allclose(second["data"], POINTS[[1]], atol=0.02)


def test_classes_differ_in_colour_and_shape() -> None:
    """Ten classes are told apart, also without colour among neighbours."""
    event = snapshot([0, 1, 2])
    looks = [(s["itemStyle"]["color"], s["symbol"]) for s in series(event)]
    assert len({colour for colour, _ in looks}) == len({shape for _, shape in looks}) == 3
    assert len(set(LIGHT.classes)) >= 10


def test_without_labels_all_points_are_one_series() -> None:
    """Unlabelled data has a map too."""
    (only,) = series(snapshot(None))
    assert only["name"] == "Samples"
    assert len(only["data"]) == 3


def test_the_axes_are_equal_and_hold_every_point() -> None:
    """Distances in both directions mean the same."""
    chart = plot_live_map(snapshot(None), LIGHT)
    assert chart["xAxis"] == chart["yAxis"]
    assert chart["xAxis"]["min"] == -chart["xAxis"]["max"] and chart["xAxis"]["max"] >= 3.0


def test_before_the_first_look_the_map_is_empty() -> None:
    """No snapshot is a normal case."""
    assert [s["data"] for s in series(None)] == [[]]
    assert "nothing to show" in describe_live_map(None)


def test_the_map_is_described_in_words() -> None:
    """How many samples, classes, and when."""
    words = describe_live_map(snapshot([0, 1, 1]))
    assert words == "Map of the codes of 3 samples in 2 classes after epoch 4."
