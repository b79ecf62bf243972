"""Merged cells of a sheet: those below the first get its value, which the file keeps once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aecore.data.checked_archives import open_archive, open_member

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK_BYTES = 2**20
# An entry is shorter than this, so that one cut between two chunks is found in their join.
LONGEST_ENTRY = 200
MAX_RANGES = 100_000
ENTRY = re.compile(
    rb'<(?:\w+:)?mergeCell [^<>]{0,100}?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"'
)


class Merged(NamedTuple):
    """Cells of one column that are merged, by its place from 0 and their rows from 1."""

    column: int
    first: int
    last: int


def merged_down(path: Path, part: str, remedy: str) -> list[Merged]:
    """The cells of a sheet that are merged down a column.

    Args:
        part: the file of the sheet in the workbook.
    """
    found: list[tuple[bytes, ...]] = []
    with open_archive(path, remedy) as (archive, members):
        if part not in members:
            return []
        with open_member(archive, members[part]) as file:
            end = b""
            while (chunk := file.read(CHUNK_BYTES)) and len(found) < MAX_RANGES:
                found += [match.groups() for match in ENTRY.finditer(end + chunk)]
                end = chunk[-LONGEST_ENTRY:]
    ranges = dict.fromkeys(
        Merged(_place(left), int(first), int(last))
        for left, first, right, last in islice(found, MAX_RANGES)
        if left == right and int(first) < int(last)
    )
    return list(ranges)


def filled_down(
    columns: Sequence[pa.ChunkedArray], numbers: np.ndarray, ranges: Sequence[Merged]
) -> tuple[list[pa.ChunkedArray], np.ndarray]:
    """Columns with the value of merged cells in each of their rows, and the rows of those filled.

    Args:
        numbers: (rows,) on the sheet, ascending.
    """
    filled, rows = list(columns), [np.array([], dtype=int)]
    for place in {one.column for one in ranges if one.column < len(columns)}:
        column = columns[place]
        taken, empty = np.arange(len(column)), column.is_null().to_numpy()
        for _, first, last in (one for one in ranges if one.column == place):
            top, end = np.searchsorted(numbers, first), np.searchsorted(numbers, last, "right")
            if top < len(numbers) and numbers[top] == first and not empty[top]:
                below = np.arange(top + 1, end)
                taken[below[empty[below]]] = top
        rows.append(np.flatnonzero(taken != np.arange(len(column))))
        filled[place] = column.take(taken)
    return filled, np.concatenate(rows)


def _place(letters: bytes) -> int:
    """A is 0, and AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1
