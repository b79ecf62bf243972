"""`Layout`: where the samples of a table begin, and which rows above them name the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aecore.data.readers._cells import is_missing_word, kind_of
from aecore.data.readers._headings import columns_named, heading_among, is_heading_of_numbers
from aecore.data.readers._separators import Row, longest_run
from aecore.data.readers._units import is_unit
from aecore.data.reading_options import ReadingOptions

# Of a column, so many of its cells must be values, for text above them to be no sample.
MOST_VALUES = 0.8
# Text among so many numbers of a first row is a bad cell; among fewer, the row is a heading.
NUMBERS_A_BAD_CELL = 3
ROWS_TO_SEARCH = 100
SENTENCE_WORDS, SENTENCE_LETTERS = 8, 60


@dataclass(frozen=True)
class Layout:
    """What stands where in a table.

    Attributes:
        names: of the columns; empty for those without.
        first: the line, counted from 1, of the first sample.
        headings: the rows that name the columns, as they stand.
        units: rows between these and the samples, such as one of units.
        above: rows above all of them that are no part of the table.
        width: columns.
        row_names: whether the first column, which the heading leaves out, names the rows.
        from_comment: whether a comment names the columns.
    """

    names: tuple[str, ...]
    first: int
    headings: tuple[Row, ...] = ()
    units: tuple[Row, ...] = ()
    above: tuple[Row, ...] = ()
    width: int = 0
    row_names: bool = False
    from_comment: bool = False


def layout(rows: Sequence[Row], options: ReadingOptions, comments: Sequence[Row] = ()) -> Layout:
    """Where samples begin, judged by the first rows of a table.

    Below a heading, columns hold values where text stands above; the first rows that do not look
    like those further down are headings, units, or what an instrument writes above its table.

    Args:
        rows: at least one with a cell.
        comments: rows that stand in comments above the table, without their marks.
    """
    filled = [row for row in rows if _filled(row)]
    start, width = longest_run([len(row.cells) for row in filled])
    if width == 1:
        # An empty value in quotes is a row of one column.
        filled = [row for row in rows if row.cells]
        start, width = longest_run([len(row.cells) for row in filled])
    table = _Table(filled, start, width)
    first = table.first_sample()
    headings = table.headings(first)
    if options.heading_rows is not None:
        headings, first = table.as_chosen(options.heading_rows, headings, first)
    top = headings[0] if headings else first
    after = headings[-1] + 1 if headings else first
    named = [filled[i] for i in headings]
    names, row_names, from_comment = _names(table, named, first, comments, options.heading_rows)
    return Layout(
        names,
        filled[first].first if first < len(filled) else filled[-1].last + 1,
        tuple(named),
        tuple(filled[after:first]),
        tuple(filled[:top]),
        width,
        row_names,
        from_comment,
    )


class _Table:
    """The filled rows of a sample.

    Args:
        filled: rows with a cell.
        start: the first of those with as many cells as most.
        width: so many.
    """

    def __init__(self, filled: Sequence[Row], start: int, width: int) -> None:
        self.filled, self.start, self.width = filled, start, width
        self.block = [i for i in range(start, len(filled)) if len(filled[i].cells) == width]
        lower = self.block[len(self.block) // 2 :]
        self.valued = [c for c in range(width) if self._is_valued(c, lower)]

    def column(self, place: int, rows: Sequence[int]) -> list[str]:
        """The cells of some rows."""
        return [self.filled[i].cells[place] for i in rows]

    def first_sample(self) -> int:
        """The number of the first row that looks like those further down."""
        start = self._start_of_table()
        if not self.valued:
            return start + int(self._begins_with_names(start))
        rows = [i for i in self.block if i >= start][:ROWS_TO_SEARCH]
        for place, i in enumerate(rows):
            if not self._is_sample(i, start) or self._is_above_names(rows[place:]):
                continue
            below = [self.filled[k].cells for k in self.block if k > i]
            named = i == start and is_heading_of_numbers(self.filled[i].cells, below)
            return i + 1 if named else i
        return start

    def headings(self, first: int) -> list[int]:
        """The numbers of the rows above the first sample that name the columns."""
        above: list[int] = []
        for i in range(first - 1, -1, -1):
            row = self.filled[i]
            beside = not above or row.last + 1 == self.filled[above[0]].first
            if not beside or not self._may_name(row, bool(above)):
                break
            above.insert(0, i)
        chosen = heading_among([self.filled[i].cells for i in above])
        return [above[place] for place in chosen]

    def as_chosen(self, count: int, found: list[int], first: int) -> tuple[list[int], int]:
        """Headings and first sample where the user says how many rows name the columns."""
        top = found[0] if found else self.start
        if not count:
            return [], min(top, first)
        below = top + count
        unlike = bool(found) and found[-1] < below < first
        return list(range(top, min(below, len(self.filled)))), first if unlike else below

    def _is_valued(self, place: int, rows: Sequence[int]) -> bool:
        cells = [c for c in self.column(place, rows) if not _is_missing(c)]
        values = sum(kind_of(cell) == "value" for cell in cells)
        return bool(cells) and values >= MOST_VALUES * len(cells)

    def _start_of_table(self) -> int:
        """The first row of the table: below an empty line or titles, where it begins with names."""
        parts = [[self.block[0]]]
        for before, i in zip(self.block, self.block[1:], strict=False):
            if self.filled[before].last + 1 < self.filled[i].first:
                parts.append([])
            parts[-1].append(i)
        largest = max(parts, key=len)[0]
        usual = min(2, self.width)
        full = [i for i in self.block if i >= largest and _filled(self.filled[i]) >= usual]
        there, texts = self._seen(largest)
        if largest == self.block[0] or not self.valued or (texts and len(texts) == len(there)):
            return full[0] if full else largest
        return self.block[0]

    def _is_sample(self, i: int, start: int) -> bool:
        there, texts = self._seen(i)
        headed = any(start <= k < i and _filled(self.filled[k]) >= 2 for k in self.block)
        if not headed and self.width > 1:
            return len(texts) * NUMBERS_A_BAD_CELL < len(there)
        if not headed and i == start:
            return not texts
        if texts and all(map(is_unit, there)):
            return False
        return len(texts) * 2 <= len(there) or len(there) == 1

    def _is_above_names(self, rows: Sequence[int]) -> bool:
        """Whether a row of names stands further down, and text in each row before it."""
        for i in rows:
            there, texts = self._seen(i)
            if not texts:
                return False
            if len(texts) == len(there) >= 2 and i != rows[0]:
                return True
        return False

    def _seen(self, i: int) -> tuple[list[str], list[str]]:
        """What a row holds in columns of values that is not missing, and the text among it."""
        cells = [self.filled[i].cells[place] for place in self.valued]
        there = [cell for cell in cells if not _is_missing(cell)]
        return there, [cell for cell in there if kind_of(cell) == "text"]

    def _begins_with_names(self, start: int) -> bool:
        """Whether the first of rows of text names the columns: no cell of it comes again."""
        cells = self.filled[start].cells
        below = [i for i in self.block if i > start]
        if any(self.filled[i].cells == cells for i in below):
            return True
        if any(cell.strip() and cell in self.column(c, below) for c, cell in enumerate(cells)):
            return False
        return not any(_is_sentence(cell) for cell in cells)

    def _may_name(self, row: Row, lower: bool) -> bool:
        """Whether a row above the samples has a cell for each column, or for all but the first."""
        cells = row.cells
        if len(cells) > self.width:
            return not any(cell.strip() for cell in cells[self.width :])
        if len(cells) == self.width:
            return True
        return not lower and len(cells) == self.width - 1 > 0


def _names(
    table: _Table,
    named: Sequence[Row],
    first: int,
    comments: Sequence[Row],
    chosen: int | None,
) -> tuple[tuple[str, ...], bool, bool]:
    """The columns' names, whether rows have names of their own, and whether a comment says them."""
    width = table.width
    beside = [row for row in comments if first == 0 or row.first > table.filled[first - 1].last]
    last = beside[-1].cells if beside else ()
    from_comment = not named and chosen is None and len(last) == width and width > 0
    if from_comment and any(kind_of(cell) == "text" for cell in last):
        return columns_named([last], width), False, True
    cells = [row.cells for row in named]
    if not cells or len(cells[-1]) != width - 1:
        return columns_named(cells, width), False, False
    samples = [i for i in table.block if i >= first]
    if not any(cell.strip() for cell in table.column(width - 1, samples)):
        return columns_named([(*cells[-1], "")], width), False, False
    return columns_named([("", *cells[-1])], width), True, False


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_missing(cell: str) -> bool:
    return kind_of(cell) == "missing" or is_missing_word(cell)


def _is_sentence(cell: str) -> bool:
    return len(cell) > SENTENCE_LETTERS or len(cell.split()) >= SENTENCE_WORDS
