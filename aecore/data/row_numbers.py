"""Row numbers as people write them: `4, 17, 20-25`, counted from 0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from aecore.errors import DataError

# One number, or the first and the last of some that follow each other.
PART = re.compile(r"(\d{1,12})(?:\s*[-\u2013]\s*(\d{1,12}))?")
# So many rows can be named; ranges are not longer than what a table may hold.
MOST_ROWS = 1_000_000


def numbers_of(text: str) -> np.ndarray:
    """Ascending, each once, the row numbers that a text names; of an empty text, none.

    Raises:
        DataError: it is no list of numbers and ranges, a range ends before it begins, or there
            are too many rows.
    """
    return np.unique(np.fromiter(_numbers(text), dtype=np.int64))


def text_of(numbers: Iterable[int]) -> str:
    """The shortest text that names these rows; `numbers_of` gives them back."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def _numbers(text: str) -> Iterator[int]:
    count = 0
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        match = PART.fullmatch(part)
        if match is None:
            raise DataError(
                f"{part[:20]!r} is no row number.",
                "Name rows such as 4, 17, 20-25; 0 is the first.",
            )
        first = int(match[1])
        last = int(match[2] or match[1])
        count += last - first + 1
        if last < first or count > MOST_ROWS:
            raise DataError(
                f"The range {part[:30]} cannot be read.",
                f"Begin with the smaller number, and name at most {MOST_ROWS:,} rows.",
            )
        yield from range(first, last + 1)
