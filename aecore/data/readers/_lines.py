"""Lines: on which line of its file a row of a text table begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from aecore.data.readers._separators import QUOTES, Parting
from aecore.data.readers._text_files import TextFile, opened


def lines_of_rows(
    file: TextFile, how: Parting, start: int, rows: Sequence[int], total: int
) -> dict[int, int]:
    """Row -> line, both counted from 1, for some rows; empty lines are no rows.

    Args:
        start: lines before the first row.
        total: of all rows; where lines and rows come to the same number, each line is a row.
    """
    if file.breaks in (start + total, start + total - 1):
        return {row: start + row for row in rows}
    wanted, found = set(rows), {}
    last = max(rows, default=0)
    with opened(file.path) as raw:
        lines = io.TextIOWrapper(raw, file.encoding, newline="")
        for row, line in enumerate(_begins(lines, how, start), 1):
            if row in wanted:
                found[row] = line
            if row >= last:
                break
    return found


def _begins(lines: Iterable[str], how: Parting, start: int) -> Iterator[int]:
    """The line on which each row begins."""
    quote = "" if how.of_lines else QUOTES[how.quote]
    numbered = _Numbered(lines)
    for _ in range(start):
        next(numbered, "")
    if not quote:
        yield from (numbered.number for line in numbered if line.strip("\r\n"))
        return
    reader = csv.reader(numbered, delimiter=how.sign, quotechar=quote, skipinitialspace=how.spaced)
    # The module has a limit of its own for one value.
    with suppress(csv.Error):
        before = numbered.number
        for cells in reader:
            if cells:
                yield before + 1
            before = numbered.number


class _Numbered:
    """Lines that know how many of them were taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.number = 0

    def __iter__(self) -> _Numbered:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line
