"""Headings: rows that name the columns, of text or of numbers, one or several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from aecore.data.readers._cells import kind_of, number
from aecore.data.readers._units import is_unit

Cells = Sequence[str]
# Fewer numbers may be evenly spaced by chance, and many may not be.
LEAST_COUNTED, LEAST_EVEN, LEAST_RISING = 3, 8, 8
CLOSE = 1e-6


def heading_among(rows: Sequence[Cells]) -> list[int]:
    """The places of the rows that name the columns, among those right above the samples.

    The fullest and most varied row names them. One above it belongs to it where it names groups
    of columns or tells equal names apart; what stands below it are units and the like.
    """
    if not rows:
        return []
    best = max(range(len(rows)), key=lambda i: (*_variety(rows[i]), -i))
    chosen = [best]
    while chosen[0] > 0 and _names_groups(rows[chosen[0] - 1], rows[chosen[0]]):
        chosen.insert(0, chosen[0] - 1)
    below = best + 1
    if below < len(rows) and not _is_told_apart([rows[i] for i in chosen]):
        together = [*(rows[i] for i in chosen), rows[below]]
        if not _are_units(rows[below]) and _is_told_apart(together):
            chosen.append(below)
    return chosen


def columns_named(rows: Sequence[Cells], width: int) -> tuple[str, ...]:
    """The name of each column: what stands above it, a group's name above all of its columns."""
    padded = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    spread = [_spread(row) if row is not padded[-1] else row for row in padded]
    cells = [[row[place].strip() for row in spread] for place in range(width)]
    return tuple(" ".join(dict.fromkeys(filter(None, above))) for above in cells)


def is_heading_of_numbers(cells: Cells, below: Sequence[Cells]) -> bool:
    """Whether a row of numbers names the columns, as wavelengths, seconds or years do.

    Its numbers are evenly spaced or at least rise or fall all along, those below do not, and few
    numbers lie outside of what stands below them.
    """
    numbers = [_float(cell) for cell in cells]
    places = [i for i, value in enumerate(numbers) if value is not None]
    if not below or len(places) < LEAST_COUNTED or 2 * len(places) < len(cells):
        return False
    own = [numbers[i] for i in places]
    even = _steps(own)
    if even == "none" or any(_like(even, row, places) for row in below[:2]):
        return False
    if even == "even" and (len(own) >= LEAST_EVEN or _counts_by_ones(own)):
        return True
    if even == "rising" and len(own) < LEAST_RISING:
        return False
    return 2 * _outside(own, places, below) > len(own)


def _variety(row: Cells) -> tuple[int, int]:
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled), len(set(filled))


def _names_groups(upper: Cells, lower: Cells) -> bool:
    """Whether a row names groups of the columns below, each once at its first or at all of them."""
    filled = [i for i, cell in enumerate(upper) if cell.strip()]
    if len(filled) < 2 and not (filled and filled[0] > 0):
        return False
    if any(kind_of(upper[i]) == "value" for i in filled):
        return False
    gaps = [i for i in range(len(upper)) if i not in filled]
    between = any(i < filled[-1] for i in gaps if i > filled[0])
    under = any(not lower[i].strip() for i in filled if i < len(lower))
    if gaps and (between or under or filled[0] > 0):
        return True
    return not _is_told_apart([lower]) and _is_told_apart([upper, lower])


def _is_told_apart(rows: Sequence[Cells]) -> bool:
    names = columns_named(rows, max(len(row) for row in rows))
    return all(names) and len(set(names)) == len(names)


def _are_units(row: Cells) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return bool(filled) and 2 * sum(map(is_unit, filled)) >= len(filled)


def _spread(row: Sequence[str]) -> list[str]:
    """Each empty cell with what stands before it, as in merged cells."""
    found: list[str] = []
    for cell in row:
        found.append(cell if cell.strip() or not found else found[-1])
    return found


def _float(cell: str) -> float | None:
    text = cell.strip()
    how = number(text)
    if how is None or how.signs or how.thousands:
        return None
    return float(text.replace(",", "."))


def _steps(numbers: Sequence[float | None]) -> str:
    """Whether numbers are evenly spaced, rise or fall all along, or neither."""
    known = [value for value in numbers if value is not None]
    steps = [b - a for a, b in pairwise(known)]
    if len(known) < len(numbers) or not steps or not (min(steps) > 0 or max(steps) < 0):
        return "none"
    spread = max(steps) - min(steps)
    return "even" if spread <= CLOSE * max(map(abs, known)) + 1e-12 else "rising"


def _like(even: str, row: Cells, places: Sequence[int]) -> bool:
    found = _steps([_float(row[i]) for i in places])
    return found == "even" or found == even


def _counts_by_ones(numbers: Sequence[float | None]) -> bool:
    first, second = numbers[:2]
    return first is not None and second is not None and second - first == 1 and first % 1 == 0


def _outside(numbers: Sequence[float | None], places: Sequence[int], below: Sequence[Cells]) -> int:
    """How many numbers lie outside of the range of what stands below them."""
    count = 0
    for value, place in zip(numbers, places, strict=True):
        under = [found for row in below if (found := _float(row[place])) is not None]
        if value is not None and under and not min(under) <= value <= max(under):
            count += 1
    return count
