"""The first numbers of an ordered code, on the page that decodes."""

from __future__ import annotations

from collections.abc import Sequence

from ui.base.theme import Palette
from ui.generate.sides import Side
from ui.shared.first_numbers import show_first_numbers


def show_ordered_side(sides: Sequence[Side], palette: Palette) -> None:
    """Of the first run, whose code is ordered."""
    show_first_numbers(sides[0].run, sides[0].samples, palette)
