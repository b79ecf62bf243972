"""Can no name break an image or become markup in it?"""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from ui.figures import svg


@pytest.mark.parametrize(
    "name",
    [
        "<b>bold</b>",
        "</svg><script>alert(1)</script>",
        '" onload="alert(1)',
        "a & b &amp; c",
        "\x00\x08\x1b[31m",
        "half a \ud83d pair",
        "\uffff\ufffe",
        "漢字 🙂",
    ],
)
def test_any_name_is_text(name: str) -> None:
    """The image can be read and written, and holds the name and no element of its making."""
    drawn = svg.document(svg.text(name, 1, 2, "#000000"), 10, 20)

    (element,) = ElementTree.fromstring(drawn.encode("utf-8"))
    readable = "".join(letter if letter in (element.text or "") else "\ufffd" for letter in name)
    assert element.text == readable
    assert set(element.attrib) == {"x", "y", "fill"}


def test_long_text_is_cut_and_says_so() -> None:
    """No longer than asked for, and what fits is left alone."""
    assert svg.shortened("temperature", 7) == "temper…"
    assert svg.shortened("temperature", 11) == "temperature"
