"""Are the terms of texts drawn in order, to scale, and marked where they do not come back?"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from aecore.data.terms import Term, TextPair
from aecore.training import events
from tests.made import HOSTILE
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.probe import describe_probe, left_out, plot_empty_probe, plot_probe
from ui.figures.terms import plot_pair

SVG = "{http://www.w3.org/2000/svg}"
PAIR = TextPair(
    original=(Term("nasa", 0.8, True), Term("orbit", 0.4, False)),
    reconstruction=(Term("nasa", 0.2, True), Term("car", 0.1, False), Term("god", 0.1, False)),
)


def look(*texts: dict[str, list[Any]], labels: tuple[str, ...] = ()) -> events.Event:
    """A snapshot of texts."""
    probe = {
        "kind": "text",
        "measured_on": "validation",
        "texts": list(texts),
        "labels": list(labels),
    }
    return events.snapshot(3, probe, {})


def text(terms: int, name: str = "term") -> dict[str, list[Any]]:
    """A text of so many terms that all come back."""
    listed = [[f"{name} {i}", 0.5, True] for i in range(terms)]
    return {"original": listed, "reconstruction": listed}


def words(drawn: str) -> list[str]:
    """All that is written in a figure, in order."""
    return [found.text or "" for found in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def bars(drawn: str) -> list[tuple[float, str]]:
    """Width and colour of every bar, in order."""
    found = ElementTree.fromstring(drawn).iter(f"{SVG}rect")
    return [(float(bar.attrib["width"]), bar.attrib["fill"]) for bar in found]


def marks(drawn: str) -> int:
    """How many signs there are beside terms; the key shows two more."""
    return len(list(ElementTree.fromstring(drawn).iter(f"{SVG}path"))) - 2


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_bars_are_as_long_as_terms_are_heavy(palette: Palette) -> None:
    """On one scale for both columns, in the colour of their side, or of a term only it has."""
    drawn = plot_pair(PAIR, palette)

    widths, colours = zip(*bars(drawn), strict=True)
    assert [width / widths[0] for width in widths] == pytest.approx(
        [1, 0.5, 0.25, 0.125, 0.125], abs=0.01
    )
    assert colours == (
        palette.original,
        palette.positive,
        palette.reconstruction,
        palette.positive,
        palette.positive,
    )


def test_terms_that_only_one_side_has_are_marked() -> None:
    """Not by colour alone, and the key says what the signs mean."""
    drawn = plot_pair(PAIR, LIGHT)

    assert marks(drawn) == 3
    assert marks(plot_pair(TextPair(PAIR.original[:1], PAIR.reconstruction[:1]), LIGHT)) == 0
    assert words(drawn)[-2:] == ["missing on the right", "not in the text"]


def test_terms_come_with_their_weights() -> None:
    """Heaviest first, in and out."""
    assert words(plot_pair(PAIR, LIGHT))[:5] == ["In", "nasa", "0.80", "orbit", "0.40"]


@pytest.mark.parametrize("pair", [TextPair((), ()), TextPair((), PAIR.reconstruction)])
def test_an_empty_text_is_said_to_be_one(pair: TextPair) -> None:
    """A message that only quoted others has no term."""
    assert "no term" in words(plot_pair(pair, LIGHT))


def test_terms_are_text() -> None:
    """Whatever they are made of, cut to their room."""
    drawn = plot_pair(
        TextPair((Term(HOSTILE, 0.5, True), Term("a\x00" * 40, 0.1, True)), ()), LIGHT
    )

    assert words(drawn)[1].startswith("<b>&")
    assert max(map(len, words(drawn))) <= 20


def test_every_text_of_a_probe_is_drawn_under_its_label() -> None:
    """Without labels they are numbered."""
    written = words(plot_probe(look(text(6), text(2), labels=("sci.space", HOSTILE)), LIGHT))
    assert written.count("term 0") == 4
    assert {"sci.space", HOSTILE} <= set(written)

    assert {"Text 1", "Text 2"} <= set(words(plot_probe(look(text(1), text(1)), LIGHT)))


def test_room_is_kept_before_the_first_look() -> None:
    """The empty frame is as large as the figure that will fill it."""
    empty = ElementTree.fromstring(plot_empty_probe("text", (2000,), LIGHT))
    filled = ElementTree.fromstring(plot_probe(look(*[text(6)] * 4), LIGHT))

    assert empty.attrib["viewBox"] == filled.attrib["viewBox"]


def test_the_figure_is_described_in_words() -> None:
    """How many terms of the texts come back."""
    lost = {"original": [["a", 1.0, True], ["b", 0.5, False]], "reconstruction": [["a", 1.0, True]]}

    assert describe_probe(look(text(3), lost)) == (
        "The heaviest terms of 2 texts and of their reconstructions after epoch 3; "
        "4 of 5 terms come back."
    )
    assert left_out(look(lost)) == ""
