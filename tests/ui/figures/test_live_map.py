"""Does the map show each code at its place, in the colour and shape of its class?"""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from aecore.training import events
from ui.base.theme import LIGHT
from ui.figures import live_map
from ui.figures.live_map import describe_live_map, frame_around, plot_live_map, points_on

SVG = "{http://www.w3.org/2000/svg}"
POINTS = np.array([[0.0, 3.0], [-1.0, 1.0], [2.0, -3.0]])
WIDTH = 700


def snapshot(
    labels: list[int] | None, names: tuple[str, ...] = (), points: np.ndarray = POINTS
) -> events.Event:
    """A snapshot with three points."""
    reach = float(np.abs(points).max())
    packed = events.pack(points, low=-reach, high=reach, bits=16)
    latent_map = {"points": packed, "labels": labels, "class_names": names, "dimension": 8}
    return events.snapshot(4, {}, latent_map)


def groups(event: events.Event | None, width: int = WIDTH) -> dict[str, ElementTree.Element]:
    """The classes drawn, by name."""
    chart = ElementTree.fromstring(plot_live_map(event, LIGHT, width))
    found = chart.iter(f"{SVG}g")
    return {group.findtext(f"{SVG}title", ""): group for group in found}


def places(group: ElementTree.Element) -> np.ndarray:
    """Where the points of a class are drawn, (m, 2) in pixels."""
    path = group.findall(f"{SVG}path")[0].attrib["d"]
    return np.array(re.findall(r"M(-?[\d.]+) (-?[\d.]+)", path), dtype=float).reshape(-1, 2)


def test_each_class_is_a_group_with_its_name() -> None:
    """Points go to their class; an index without a name shows itself."""
    found = groups(snapshot([0, 3, 0], ("malignant",)))
    assert list(found) == ["malignant", "3"]
    frame = frame_around(POINTS, WIDTH)
    for name, rows in (("malignant", [0, 2]), ("3", [1])):
        wanted = points_on(POINTS[rows], frame, WIDTH)
        np.testing.assert_allclose(places(found[name]), wanted, atol=2)
        assert found[name].findtext(f"{SVG}text") == name


def test_classes_differ_in_colour_and_shape() -> None:
    """Ten classes are told apart, also without colour among neighbours."""
    paths = [g.findall(f"{SVG}path")[0] for g in groups(snapshot([0, 1, 2])).values()]
    shapes = {re.sub(r"M[\d.]+ [\d.]+", "", path.attrib["d"]) for path in paths}
    assert len({path.attrib["fill"] for path in paths}) == len(shapes) == 3
    assert len(set(LIGHT.classes)) >= 10


def test_without_labels_all_points_are_one_group() -> None:
    """Unlabelled data has a map too."""
    (only,) = groups(snapshot(None)).values()
    assert only.findtext(f"{SVG}title") == "Samples"
    assert len(places(only)) == 3


@pytest.mark.parametrize("width", [320, 700, 1600])
@pytest.mark.parametrize("shape", [(1.0, 1.0), (20.0, 1.0), (1e-4, 2e-3)])
def test_a_step_is_as_long_in_both_directions(width: int, shape: tuple[float, float]) -> None:
    """Distances in both directions mean the same, and every point is on the map."""
    event = snapshot(None, points=POINTS * shape)
    scattered, _ = live_map.map_points(event)
    placed = places(groups(event, width)["Samples"])
    steps = np.diff(placed, axis=0) / np.diff(scattered, axis=0)
    scale = frame_around(scattered, width).pixels_a_step
    wide = np.abs(np.diff(placed, axis=0)) > 40
    np.testing.assert_allclose(np.abs(steps[wide]), scale, rtol=0.01)
    assert (placed >= 0).all() and (placed <= (width, live_map.HEIGHT)).all()


def test_codes_far_from_zero_fill_the_map_too() -> None:
    """Two numbers of code may lie anywhere; at the side of an empty map they would be small."""
    away = POINTS + np.array([500.0, -80.0])
    near, far = frame_around(POINTS, WIDTH), frame_around(away, WIDTH)
    assert (near.middle == 0).all()
    assert far.pixels_a_step >= near.pixels_a_step / 2
    placed = points_on(away, far, WIDTH)
    assert (placed >= 0).all() and (placed <= (WIDTH, live_map.HEIGHT)).all()


def test_the_frame_seldom_moves() -> None:
    """A little growth or drift of the codes is seen as such."""
    frames = [frame_around(POINTS * grown + grown, WIDTH) for grown in np.linspace(1.01, 1.1, 10)]
    assert len({frame.pixels_a_step for frame in frames}) <= 2
    assert len({tuple(frame.middle) for frame in frames}) <= 2


@pytest.mark.parametrize("points", [np.full((3, 2), 7.0), np.empty((0, 2))])
def test_a_frame_without_extent_is_one_all_the_same(points: np.ndarray) -> None:
    """One point many times, or none."""
    frame = frame_around(points, WIDTH)
    assert frame.pixels_a_step > 0
    placed = points_on(points, frame, WIDTH)
    assert (placed >= 0).all() and (placed <= (WIDTH, live_map.HEIGHT)).all()


def test_up_is_up() -> None:
    """A larger second number is higher on screen."""
    placed = places(groups(snapshot(None))["Samples"])
    assert placed[0, 1] < placed[1, 1] < placed[2, 1]


def test_many_classes_are_named_as_far_as_there_is_room() -> None:
    """The rest is counted, and each says its name where it is pointed at."""
    names = tuple(f"person {i} of the forty" for i in range(40))
    points = np.random.default_rng(0).normal(size=(40, 2))
    event = snapshot(list(range(40)), names, points)
    found = groups(event)
    named = [group for group in found.values() if group.find(f"{SVG}text") is not None]
    assert list(found) == list(names)
    assert 0 < len(named) < 40
    chart = ElementTree.fromstring(plot_live_map(event, LIGHT, WIDTH))
    rest = [t.text or "" for t in chart.findall(f"{SVG}text")]
    assert rest == [f"and {40 - len(named)} more classes, named where you point at them"]
    lowest = max(float(text.attrib["y"]) for text in chart.iter(f"{SVG}text"))
    assert lowest < float(chart.attrib["height"])


def test_names_are_text() -> None:
    """A class of a file may be called anything."""
    found = groups(snapshot([0, 0, 0], ("<script>alert(1)</script>&",)))
    assert list(found) == ["<script>alert(1)</script>&"]


def test_before_the_first_look_the_map_is_empty() -> None:
    """No snapshot is a normal case."""
    assert [len(places(group)) for group in groups(None).values()] == [0]
    assert "nothing to show" in describe_live_map(None)


def test_the_map_is_described_in_words() -> None:
    """How many samples, classes, and when."""
    words = describe_live_map(snapshot([0, 1, 1]))
    assert words == "Map of the codes of 3 samples in 2 classes after epoch 4."
