"""Extra rows: those of a table that are no samples, such as totals or a repeated heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.readers._cells import is_missing_word, kind_of

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_END, ROWS_BEFORE, LEAST_ROWS = 10, 50, 3
# A column of so many values in the rows before a note has no text in it.
MOST_VALUES = 0.8
LONG_NOTE = 30
TOTALS = re.compile(
    r"(grand |sub)?totals?|sums?|summe|gesamt(summe)?|insgesamt|somme|suma|totaal|totale"
    r"|averages?|avg|means?|mittelwert|durchschnitt|moyenne|(total|sum|average|mean) of .*",
    re.IGNORECASE,
)
# Names of people and things as well, where a column holds names.
FIGURES = re.compile(
    r"mittel|media|median|min(imum)?|max(imum)?|count|anzahl|std\.?( ?dev\.?)?|n|n ?=.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ExtraRows:
    """Rows of one kind that were left out.

    Attributes:
        what: `empty`, `heading`, `units`, `comment`, `total` or `note`.
        rows: their numbers, counted from 0, ascending.
        example: what the first one says.
    """

    what: str
    rows: np.ndarray
    example: str


def extra_rows(
    columns: Sequence[pa.ChunkedArray],
    headings: Sequence[Sequence[str]],
    units: Sequence[Sequence[str]],
    mark: str,
) -> list[ExtraRows]:
    """The rows of columns of text that are no samples.

    Args:
        headings: rows that name the columns, as they stand above them.
        units: rows between these and the samples.
        mark: the sign that begins comments; empty without one.
    """
    if not columns or not len(columns[0]):
        return []
    found = [_empty(columns)]
    found += [_again("heading", columns, cells) for cells in headings]
    found += [_again("units", columns, cells) for cells in units]
    if mark:
        found.append(_commented(columns, mark))
    taken = {int(row) for extra in found for row in extra.rows[-ROWS_AT_END - ROWS_BEFORE :]}
    found += _at_end(columns, taken)
    return [extra for extra in found if len(extra.rows)]


def empty_rows(columns: Sequence[pa.ChunkedArray]) -> list[ExtraRows]:
    """The rows without a value."""
    found = _empty(columns)
    return [found] if len(found.rows) else []


def _empty(columns: Sequence[pa.ChunkedArray]) -> ExtraRows:
    import pyarrow.compute as pc

    if len(columns) < 2:
        return ExtraRows("empty", np.array([], int), "")
    rows = np.flatnonzero(_blank(columns[0]))
    for column in columns[1:]:
        if not len(rows):
            break
        rows = rows[_blank(pc.take(column, rows))]
    return ExtraRows("empty", rows, "")


def _blank(column: pa.ChunkedArray) -> np.ndarray:
    import pyarrow.compute as pc

    lengths = pc.fill_null(pc.binary_length(pc.utf8_trim_whitespace(column)), 0)
    return _array(lengths) == 0


def _again(what: str, columns: Sequence[pa.ChunkedArray], cells: Sequence[str]) -> ExtraRows:
    """Rows that equal one above the table, where it says something no value says."""
    import pyarrow.compute as pc

    places = [i for i, cell in enumerate(cells[: len(columns)]) if kind_of(cell) == "text"]
    if not places:
        return ExtraRows(what, np.array([], int), "")
    first, *others = places
    rows = np.flatnonzero(_array(pc.fill_null(pc.equal(columns[first], cells[first]), False)))
    for place in others:
        if not len(rows):
            break
        same = pc.equal(pc.take(columns[place], rows), cells[place])
        rows = rows[_array(pc.fill_null(same, False))]
    # Where most rows are like it, they are samples of one kind.
    rows = rows if 2 * len(rows) < len(columns[0]) else rows[:0]
    return ExtraRows(what, rows, _line(cells))


def _commented(columns: Sequence[pa.ChunkedArray], mark: str) -> ExtraRows:
    import pyarrow.compute as pc

    begins = _array(pc.fill_null(pc.starts_with(columns[0], mark), False))
    rows = np.flatnonzero(begins)
    example = columns[0][int(rows[0])].as_py() if len(rows) else ""
    return ExtraRows("comment", rows, example)


def _at_end(columns: Sequence[pa.ChunkedArray], taken: set[int]) -> list[ExtraRows]:
    """The last rows, as far as they hold totals or notes."""
    total = len(columns[0])
    first = max(0, total - ROWS_AT_END - ROWS_BEFORE - len(taken))
    rows = [row for row in range(first, total) if row not in taken]
    ends = [[cell or "" for cell in column.slice(first).to_pylist()] for column in columns]
    cells = [[end[row - first] for row in rows] for end in ends]
    found: dict[str, list[int]] = {}
    texts: dict[str, str] = {}
    for place in range(len(rows) - 1, max(0, len(rows) - 1 - ROWS_AT_END), -1):
        row, own = rows[place], [column[place] for column in cells]
        what = _what(own, [column[max(0, place - ROWS_BEFORE) : place] for column in cells])
        if not what:
            break
        found.setdefault(what, []).insert(0, row)
        texts[what] = _line(own)
    return [ExtraRows(what, np.array(numbers), texts[what]) for what, numbers in found.items()]


def _what(own: Sequence[str], before: Sequence[Sequence[str]]) -> str:
    """What the last row is, seen beside those before it; empty for a sample."""
    filled = [i for i, cell in enumerate(own) if cell.strip()]
    texts = [i for i in filled if kind_of(own[i]) == "text" and not is_missing_word(own[i])]
    if not texts:
        return ""
    first = own[texts[0]].strip().rstrip(":")
    of_values = _is_of_values(before[texts[0]])
    named = TOTALS.fullmatch(first) or (of_values and FIGURES.fullmatch(first))
    if named and filled[0] == texts[0] and own[texts[0]] not in before[texts[0]]:
        return "total"
    if len(texts) == len(filled) and any(_is_of_values(before[i]) for i in texts):
        # Words alone, some of them where numbers stand otherwise.
        return "note" if len(own) > 1 else ""
    if len(filled) > 1:
        return ""
    others = any(_is_full(column) for i, column in enumerate(before) if i not in filled)
    foreign = of_values or len(first) > LONG_NOTE or len(own) > 2
    return "note" if others and foreign else ""


def _is_full(cells: Sequence[str]) -> bool:
    filled = sum(bool(cell.strip()) for cell in cells)
    return len(cells) >= LEAST_ROWS and filled > MOST_VALUES * len(cells)


def _is_of_values(cells: Sequence[str]) -> bool:
    values = sum(kind_of(cell) == "value" for cell in cells)
    return len(cells) >= LEAST_ROWS and values > MOST_VALUES * len(cells)


def _line(cells: Sequence[str]) -> str:
    return ", ".join(cell.strip() for cell in cells if cell.strip())


def _array(mask: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(mask.to_numpy())
