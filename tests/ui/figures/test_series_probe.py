"""Are a series, its reconstruction and the difference drawn where they belong?"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

import numpy as np
import pytest

from aecore.training import events
from tests.made import HOSTILE
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.probe import describe_probe, left_out, plot_empty_probe, plot_probe
from ui.figures.series_probe import DIFFERENCE, FINENESS

SVG = "{http://www.w3.org/2000/svg}"
ZERO = FINENESS + DIFFERENCE // 2


def look(
    original: np.ndarray,
    reconstruction: np.ndarray,
    *,
    names: Sequence[str] = ("a", "b", "c"),
    labels: Sequence[str] = (),
    seen: np.ndarray | None = None,
    every: int = 1,
    of_channels: int = 0,
) -> events.Event:
    """A snapshot of series (n, steps, channels) of values from 0 to 1."""
    sides = {"original": original, "reconstruction": reconstruction}
    sides |= {} if seen is None else {"seen": seen}
    channels = original.shape[2]
    probe = {
        "kind": "series",
        "measured_on": "validation",
        "channels": [
            {"name": names[i], **{side: events.pack(x[..., i]) for side, x in sides.items()}}
            for i in range(channels)
        ],
        "every": every,
        "of_steps": original.shape[1] * every,
        "of_channels": of_channels or channels,
        "labels": list(labels),
    }
    return events.snapshot(3, probe, {})


def drawn(event: events.Event, palette: Palette = LIGHT) -> ElementTree.Element:
    """The figure of an event."""
    return ElementTree.fromstring(plot_probe(event, palette))


def shapes(figure: ElementTree.Element, name: str, colour: str) -> list[np.ndarray]:
    """The points (n, 2) of every line or area of a colour, in order."""
    found = figure.iter(f"{SVG}{name}")
    own = [shape for shape in found if colour in (shape.get("stroke"), shape.get("fill"))]
    return [
        np.array([pair.split(",") for pair in shape.attrib["points"].split()], dtype=int)
        for shape in own
    ]


def words(figure: ElementTree.Element) -> list[str]:
    """All that is written in the figure."""
    return [element.text or "" for element in figure.iter(f"{SVG}text")]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize(("steps", "channels"), [(2, 1), (140, 1), (200, 3)])
def test_lines_are_drawn_at_their_values(palette: Palette, steps: int, channels: int) -> None:
    """One line a sample, channel and side, with a point a step; high values stand high."""
    x = np.random.default_rng(0).random((4, steps, channels))

    figure = drawn(look(x, x / 2), palette)

    for colour, values in ((palette.original, x), (palette.reconstruction, x / 2)):
        lines = shapes(figure, "polyline", colour)
        assert len(lines) == 4 * channels
        for i, line in enumerate(lines):
            channel, sample = divmod(i, 4)
            assert line[:, 0].tolist() == list(range(steps))
            expected = FINENESS * (1 - values[sample, :, channel])
            np.testing.assert_allclose(line[:, 1], expected, atol=1.1)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_sign_of_a_difference_is_its_side_and_colour(palette: Palette) -> None:
    """What is too high stands over the line of zero, what is too low hangs under it."""
    x = np.full((1, 5, 1), 0.5)
    change = np.array([0, 0.1, 0, -0.2, 0]).reshape(1, 5, 1)

    figure = drawn(look(x, x + change), palette)

    (high,) = shapes(figure, "polygon", palette.positive)
    (low,) = shapes(figure, "polygon", palette.negative)
    np.testing.assert_allclose(high[1:-1, 1], [ZERO, ZERO - 24, ZERO, ZERO, ZERO], atol=1.1)
    np.testing.assert_allclose(low[1:-1, 1], [ZERO, ZERO, ZERO, ZERO + 48, ZERO], atol=1.1)


def test_a_large_difference_stays_in_its_place() -> None:
    """It ends at the edge instead of covering the lines."""
    x = np.zeros((1, 3, 1))

    (area,) = shapes(drawn(look(x, x + 1)), "polygon", LIGHT.positive)

    assert area[:, 1].min() == FINENESS


def test_a_single_step_is_drawn_from_side_to_side() -> None:
    """A line of one point would not be seen."""
    x = np.full((2, 1, 1), 0.25)

    lines = shapes(drawn(look(x, x)), "polyline", LIGHT.reconstruction)

    assert [line[:, 0].tolist() for line in lines] == [[0, 1]] * 2


def test_what_the_encoder_saw_is_a_line_of_its_own() -> None:
    """With its name in the key; without noise there is neither."""
    x = np.full((1, 4, 1), 0.5)

    noisy = drawn(look(x, x, seen=x + 0.25))

    assert len(shapes(noisy, "polyline", LIGHT.muted)) > len(
        shapes(drawn(look(x, x)), "polyline", LIGHT.muted)
    )
    assert "noisy input" in words(noisy)
    assert "noisy input" not in words(drawn(look(x, x)))


def test_names_and_labels_are_text() -> None:
    """Of channels and classes, cut to their room, whatever they are made of."""
    x = np.zeros((2, 3, 2))

    written = words(drawn(look(x, x, names=(HOSTILE, "b\x00"), labels=(HOSTILE, "dog"))))

    assert any(word.startswith("<b>&") for word in written)
    assert {"dog", "b\ufffd"} <= set(written)


@pytest.mark.parametrize(("channels", "drawn_channels"), [(1, 1), (3, 3), (7, 3)])
def test_room_is_kept_before_the_first_look(channels: int, drawn_channels: int) -> None:
    """The empty frame is as large as the figure that will fill it."""
    x = np.zeros((4, 50, drawn_channels))

    empty = ElementTree.fromstring(plot_empty_probe("series", (50, channels), LIGHT))

    assert empty.attrib["viewBox"] == drawn(look(x, x)).attrib["viewBox"]


def test_what_is_not_drawn_is_said() -> None:
    """Channels and steps that were left out; nothing where all are there."""
    x = np.zeros((1, 200, 3))

    assert left_out(look(x, x, every=25, of_channels=7)) == (
        "Drawn: the first 3 of 7 channels, one in 25 of 5,000 steps."
    )
    assert left_out(look(x, x)) == ""


def test_the_figure_stays_small() -> None:
    """It is sent anew at every look."""
    x = np.random.default_rng(0).random((4, 200, 3))

    assert len(plot_probe(look(x, 1 - x), LIGHT)) < 100_000


def test_the_figure_is_described_in_words() -> None:
    """How many series of which channels, when, and how far off."""
    x = np.zeros((4, 10, 1))

    assert describe_probe(look(x, x + 1, names=("voltage",))) == (
        "4 series (voltage) as original, reconstruction and difference after epoch 3; "
        "mean squared error 1.0000."
    )
