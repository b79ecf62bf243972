"""Is the hourglass true to the model, safe and readable at any depth?"""

from __future__ import annotations

import math
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from aecore.experiment import Experiment
from aecore.models.assembly import Layer
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.architecture import (
    TITLES_AT,
    describe_architecture,
    parameters,
    plot_architecture,
)

SVG = "{http://www.w3.org/2000/svg}"


def drawn(layers: list[Layer], palette: Palette = LIGHT) -> ElementTree.Element:
    """The diagram, parsed."""
    return ElementTree.fromstring(plot_architecture(layers, palette))


def model(**settings: object) -> list[Layer]:
    """The layers of an experiment with these changes."""
    return Experiment().replace({f"model.{k}": v for k, v in settings.items()}).layers()


def bars(svg: ElementTree.Element) -> list[float]:
    """The heights of the bars, from input to output."""
    return [float(bar.attrib["height"]) for bar in svg.iter(f"{SVG}rect")]


def written(svg: ElementTree.Element) -> list[str]:
    """All text of the diagram."""
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def test_each_layer_is_a_bar_as_tall_as_the_logarithm_of_its_width() -> None:
    """An hourglass: tallest at the ends, shortest at the code, equal on both sides."""
    heights = bars(drawn(model()))
    assert len(heights) == 7
    assert heights == heights[::-1]
    assert heights == sorted(heights[:4], reverse=True) + sorted(heights[4:])
    grown = [
        (h - 10) / math.log2(w + 1) for h, w in zip(heights, (784, 256, 128, 32), strict=False)
    ]
    assert grown == pytest.approx([grown[0]] * 4, abs=0.02)


def test_widths_titles_and_parameters_are_written() -> None:
    """What the diagram says is what the model has."""
    text = written(drawn(model()))
    for expected in ("28 × 28", "128", "Dense", "ReLU", "Sigmoid", "200,960", "Encoder", "Code"):
        assert expected in text
    assert parameters(model()) == "476,720 parameters"


@pytest.mark.parametrize("hidden", [0, 1, 2, 3, 4, 5, 10])
def test_no_text_leaves_the_picture_or_meets_its_neighbour(hidden: int) -> None:
    """Every depth that the form allows stays readable."""
    svg = drawn(model(**{"backbone.units": [4096] * hidden, "encoding_dim": 1024}))
    width, height = (float(svg.attrib[side]) for side in ("width", "height"))
    upright = [t for t in svg.iter(f"{SVG}text") if "rotate" in t.attrib.get("transform", "")]
    places = sorted(float(t.attrib["transform"].split("(")[1].split(" ")[0]) for t in upright)
    assert all(0 <= place <= width for place in places)
    assert all(b - a >= 10 for a, b in pairwise(places))
    # A letter is at most 0.65 of its size wide.
    assert all(len(t.text or "") * 11 * 0.65 < height - TITLES_AT + 10 for t in upright)
    level = [t for t in svg.iter(f"{SVG}text") if "x" in t.attrib]
    rows: dict[str, list[tuple[float, float]]] = {}
    for t in level:
        half = len(t.text or "") * 12 * 0.65 / 2
        rows.setdefault(t.attrib["y"], []).append((float(t.attrib["x"]), half))
    for row in rows.values():
        for (x, half), (next_x, next_half) in pairwise(sorted(row)):
            assert x + half <= next_x - next_half


def test_layer_titles_are_escaped() -> None:
    """A title is text, never markup."""
    layers = [Layer("input", "<script>x</script>", (2,), 0), Layer("code", "a & b", (1,), 3)]
    svg = drawn(layers)
    assert not list(svg.iter(f"{SVG}script"))
    assert any("<script>" in text for text in written(svg))


def test_the_theme_gives_the_colours() -> None:
    """Light and dark differ, and the code has the accent of its theme."""
    light, dark = plot_architecture(model(), LIGHT), plot_architecture(model(), DARK)
    assert LIGHT.code in light and DARK.code in dark
    assert DARK.code not in light


def test_the_diagram_is_described_in_words() -> None:
    """Somebody who does not see it learns the same."""
    words = describe_architecture(model())
    assert words == (
        "Layers from input to output: 28 × 28 to 256 to 128 to 32 to 128 to 256 to 28 × 28. "
        "476,720 parameters."
    )
