"""A class has one colour and one shape, wherever it is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from aecore.evaluation.samples import Samples
from aecore.latent.colours import NO_VALUE, OTHER_VALUE, of_labels
from aecore.latent.film import make_film
from aecore.training import events
from tests.made import kept_snapshots, samples
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.class_marks import (
    NAMES,
    SHAPES,
    ClassMark,
    class_marks,
    class_points,
    coloured_points,
    points_without_class,
)
from ui.figures.film_scene import film_scene
from ui.figures.latent import Axes, echarts_mark, plot_map
from ui.figures.live_map import RADIUS, plot_live_map
from ui.figures.places import plot_places
from ui.reconstructions.film_frames import packed

SVG = "{http://www.w3.org/2000/svg}"
TEN = tuple("0123456789")
# Not all classes have samples here: a 1 must not look as a 0 does elsewhere.
LABELS = np.array([1, 3, 9, 1, 4])


def labelled(labels: np.ndarray = LABELS, names: tuple[str, ...] = TEN) -> Samples:
    """Samples of these classes."""
    x = np.zeros((len(labels), 4))
    return samples("table", x, x, label=labels, class_names=names)


def expected(palette: Palette) -> dict[str, ClassMark]:
    """The marks of ten digits, by name."""
    return dict(zip(TEN, class_marks(TEN, palette), strict=True))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_class_looks_the_same_while_training_and_afterwards(palette: Palette) -> None:
    """On the live map, the finished ones in the plane and in space, and that of one's own."""
    points = np.random.default_rng(0).normal(size=(len(LABELS), 3))
    marks, own = expected(palette), labelled()

    live = _on_the_live_map(points[:, :2], palette)
    for dimensions in (2, 3):
        axes = Axes(("",) * dimensions)
        finished = plot_map(points[:, :dimensions], of_labels(own), axes, palette).data
        assert {trace.name for trace in finished} == live.keys()
        for trace in finished:
            assert (trace.marker.color, trace.marker.symbol) == (
                marks[trace.name].colour,
                marks[trace.name].shape,
            )
    for name, (colour, path) in live.items():
        assert (colour, path) == (marks[name].colour, marks[name].path(RADIUS))
    *groups, _ = plot_places(points[:, :2], own, np.empty((0, 2)), palette)["series"]
    for group in groups:
        mark = marks[group["name"]]
        assert group["itemStyle"]["color"] == mark.colour
        assert group["symbol"] == echarts_mark(mark)["symbol"]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_class_looks_the_same_in_the_film(palette: Palette) -> None:
    """In the scene that the GIF is drawn from, and in what the browser is sent."""
    snapshots = replace(kept_snapshots(2, np.zeros((5, 4))), label=np.resize(LABELS, 30))
    film = make_film(snapshots, labelled())
    marks = expected(palette)

    scene = film_scene(film, labelled(), ["", ""], palette)

    assert {each.name: each.mark for each in scene.classes} == {
        TEN[label]: marks[TEN[label]] for label in sorted(set(LABELS))
    }
    for sent in packed(scene)["classes"]:
        mark = marks[sent["name"]]
        assert (sent["colour"], sent["path"]) == (mark.colour, mark.path(1.0))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_no_two_classes_look_alike_and_neighbours_differ_in_both(palette: Palette) -> None:
    """As far as there are pairs of colour and shape; past them the rest is muted together."""
    room = len(palette.classes) * len(NAMES)
    names = [f"c{i}" for i in range(room + 3)]

    *named, others = class_points(np.arange(room + 3), names, palette)

    marks = [each.mark for each in named]
    assert len(set(marks)) == room
    pairs = pairwise(marks)
    assert all(a.colour != b.colour and a.shape != b.shape for a, b in pairs)
    assert (others.name, others.mark.colour) == ("3 other classes", palette.muted)
    assert others.positions.tolist() == [room, room + 1, room + 2]


def test_what_has_no_class_is_muted_or_plain() -> None:
    """Rows without a category or a value, and data without labels."""
    for name in (NO_VALUE, OTHER_VALUE):
        assert class_marks(["a", name], LIGHT)[1].colour == LIGHT.muted
    plain = samples("table", np.zeros((3, 2)), np.zeros((3, 2)))
    [only] = coloured_points(of_labels(plain), LIGHT)
    assert only.mark == points_without_class(3, LIGHT).mark
    assert only.positions.tolist() == [0, 1, 2]


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_are_about_as_large(shape: str) -> None:
    """An area between nine tenths and twelve tenths of a circle's; its path draws its outline."""
    mark = ClassMark("#000000", shape)
    x, y = np.array(mark.outline).T if mark.outline else _circle()
    area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
    assert 0.9 < area / np.pi < 1.2
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", mark.path(10.0))]
    assert max(map(abs, numbers)) <= 2 * 10.0 * mark.reach + 1e-6
    if mark.outline:
        steps = np.reshape(numbers, (-1, 2))
        np.testing.assert_allclose(steps.cumsum(axis=0), 10.0 * np.array(mark.outline), atol=0.1)


def _circle() -> tuple[np.ndarray, np.ndarray]:
    angles = np.linspace(0, 2 * np.pi, 100, endpoint=False)
    return np.cos(angles), np.sin(angles)


def _on_the_live_map(points: np.ndarray, palette: Palette) -> dict[str, tuple[str, str]]:
    """Class -> its colour, and the path of one of its marks."""
    packed_points = events.pack(points, low=-9, high=9, bits=16)
    latent_map = {
        "points": packed_points,
        "labels": LABELS.tolist(),
        "class_names": TEN,
        "dimension": 8,
    }
    drawn = plot_live_map(events.snapshot(4, {}, latent_map), palette, 700)
    found = {}
    for group in ElementTree.fromstring(drawn).iter(f"{SVG}g"):
        path = group.findall(f"{SVG}path")[0]
        _, _, mark = re.split(r"(M[\d.]+ [\d.]+)", path.attrib["d"], maxsplit=1)
        first = re.split(r"M[\d.]+ [\d.]+", mark)[0]
        found[group.findtext(f"{SVG}title", "")] = path.attrib["fill"], first
    return found


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("names", [("faulty", "ok"), ("Malignant", "benign"), ("normal", "NOK")])
def test_good_and_bad_classes_look_it(names: tuple[str, str], palette: Palette) -> None:
    """Red for what is bad and green for what is good, in shapes that differ without colour too."""
    marks = dict(zip(names, class_marks(names, palette), strict=True))
    bad = next(name for name in names if name.lower() in ("faulty", "malignant", "nok"))
    good = next(name for name in names if name != bad)
    assert (marks[bad].colour, marks[good].colour) == (palette.bad, palette.good)
    assert marks[bad].shape != marks[good].shape
