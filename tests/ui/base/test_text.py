"""Do names stay text, and do numbers read well?"""

from __future__ import annotations

import math

import pytest

from ui.base import text


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.044, "0.04 s"), (3.21, "3.2 s"), (12.4, "12 s"), (125, "2 min 5 s"), (3840, "1 h 4 min")],
)
def test_durations_have_a_fitting_unit(seconds: float, shown: str) -> None:
    """No more digits than matter."""
    assert text.duration(seconds) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.017234, "0.0172"),
        (24.5, "24.5"),
        (1234.5, "1,234"),
        (0.0, "0.000"),
        (-0.0, "0.000"),
        (2e-6, "2.00 × 10⁻⁶"),
        (math.nan, "–"),
        (math.inf, "–"),
    ],
)
def test_figures_have_three_digits(value: float, shown: str) -> None:
    """Small and large numbers stay readable; what is no number is a dash."""
    assert text.rounded(value) == shown


def test_a_name_cannot_be_markup() -> None:
    """Every character that means something to Markdown is escaped, and a line break is a space."""
    escaped = text.plain("![x](http://y)\n:red[<b>*hi*</b>] $1$ `c` #h :material/x: a_b ~s~")
    for special in "[]()*<>`$_~:#!":
        position = -1
        while (position := escaped.find(special, position + 1)) >= 0:
            assert escaped[position - 1] == "\\"
    assert "\n" not in escaped


def test_one_channel_goes_without_saying() -> None:
    """Shapes are as people write them."""
    assert text.shape((28, 28, 1)) == "28 × 28"
    assert text.shape((32, 32, 3)) == "32 × 32 × 3"
    assert text.shape((1024,)) == "1,024"
