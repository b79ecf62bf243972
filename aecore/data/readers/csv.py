"""A table of text: values between commas, semicolons, tabs, spaces or bars, packed or not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from aecore.data.dataset import Table
from aecore.data.names import shown
from aecore.data.readers._body import REMEDY, Body, Ragged, open_quote, read_body
from aecore.data.readers._cells import kind_of
from aecore.data.readers._comments import MARKS, comment_mark, comments, without_comments
from aecore.data.readers._content import reading
from aecore.data.readers._extra_rows import ExtraRows
from aecore.data.readers._layout import Layout, layout
from aecore.data.readers._lines import lines_of_rows
from aecore.data.readers._separators import QUOTES, Parting, Row, named_separator, parting, rows_of
from aecore.data.readers._spec import ReaderSpec
from aecore.data.readers._tables import no_rows, refuse_large
from aecore.data.readers._text_files import TextFile, ends_in_quote, text_file
from aecore.data.readers._text_tables import Sheet, table_of_text
from aecore.data.readers._told import about_text
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError
from aecore.wording import counted

ROWS_TO_COMPARE, CELLS_TO_COMPARE, LEAST_ROWS = 400, 40_000, 40
MAX_NOTES, MAX_SHOWN = 20, 60
MORE_LINES = (
    "Give every line as many values, put values that hold the separator in double quotes, and "
    "remove lines above the heading."
)


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Table:
    """A table from text; how it is written and where its samples begin are found.

    Raises:
        DataError: the file is no text, has rows of different lengths, no values, no rows, or more
            than the limits allow.
    """
    with reading(path, "a table of text", REMEDY):
        file = text_file(path, options)
        above = 1 if named_separator(file.lines) else 0
        lines = _without_first(file.lines, max(above, options.skipped_lines or 0))
        mark = comment_mark(lines, options)
        rows_only = without_comments(lines, mark)
        how = parting(_filled(rows_only), options, named_separator(file.lines))
        found = layout(_sample(rows_only, how), options, comments(lines, mark, how))
        refuse_large(1, found.width, shown(path.name))
        _refuse_above(path, found)
        if file.whole and found.first > len(file.lines):
            raise no_rows(found.width, path.name)
        return _table(file, how, found, mark, options)


def _table(
    file: TextFile, how: Parting, found: Layout, mark: str, options: ReadingOptions
) -> Table:
    start = found.first - 1
    body = read_body(file, how, start, found.width)
    beside = _beside(file, how, start, body, mark)
    _refuse_open_quote(file, how, start, body)
    places = np.array([one.row for one in body.ragged])
    total = body.rows + len(places)

    def lines(rows: Sequence[int]) -> dict[int, int]:
        # Rows of another length stand between those of the table; their numbers are below 0.
        numbers = {r: -r if r < 0 else _number(r, places) for r in rows}
        found_at = lines_of_rows(file, how, start, sorted(set(numbers.values())), total)
        return {row: found_at[n] for row, n in numbers.items() if n in found_at}

    sheet = Sheet(
        body.columns,
        found,
        file.path.name,
        lines,
        mark=mark,
        point=how.separator == "comma",
        notes=about_text(how, file.encoding, mark),
        ragged=beside,
    )
    return table_of_text(sheet, options)


def _without_first(lines: Sequence[str], count: int) -> list[str]:
    """The same lines, the first ones emptied, so that lines keep their numbers."""
    return ["\n" if place < count else line for place, line in enumerate(lines)]


def _filled(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip()] or ["\n"]


def _sample(lines: Sequence[str], how: Parting) -> list[Row]:
    rows = list(islice(rows_of(lines, how), ROWS_TO_COMPARE))
    widest = max((len(row.cells) for row in rows), default=1)
    return rows[: max(LEAST_ROWS, CELLS_TO_COMPARE // widest)]


def _number(row: int, ragged: np.ndarray) -> int:
    """The number, from 1, among all rows, of a row of the table counted from 0."""
    number = row + 1
    while (more := row + 1 + int(np.searchsorted(ragged, number, "right"))) != number:
        number = more
    return number


def _refuse_above(path: Path, found: Layout) -> None:
    """Refuse samples, and a heading of more names, above rows of another length."""
    for row in found.above:
        values = sum(kind_of(cell) == "value" for cell in row.cells)
        below = row.last + 1 == found.first and not found.headings
        if 2 * values > len(row.cells) > 1 or (below and len(row.cells) > found.width):
            raise DataError(
                f"Line {row.first:,} of {shown(path.name)} has "
                f"{counted(len(row.cells), 'value')}, where "
                f"the lines below it have {found.width:,}: {_start(row.cells)}",
                MORE_LINES,
            )


def _beside(file: TextFile, how: Parting, start: int, body: Body, mark: str) -> list[ExtraRows]:
    """Rows of another length that are comments, or notes below the table; refuses all others."""
    last = body.rows + len(body.ragged)
    notes: list[Ragged] = []
    remarks: list[Ragged] = []
    for one in reversed(body.ragged):
        if _is_comment(one, mark):
            remarks.insert(0, one)
        elif one.row == last and len(notes) < MAX_NOTES and not one.open_quote and _is_note(one):
            notes.insert(0, one)
        else:
            _refuse_ragged(file, how, start, body)
        last -= one.row == last
    kinds = (("comment", remarks), ("note", notes))
    return [
        ExtraRows(what, -np.array([one.row for one in some]), some[0].text.strip())
        for what, some in kinds
        if some
    ]


def _is_comment(one: Ragged, mark: str) -> bool:
    return one.text.lstrip().startswith(mark or MARKS[:3])


def _is_note(one: Ragged) -> bool:
    words = one.text.strip().strip("\"'")
    return kind_of(words.split(",")[0].split(";")[0].split("\t")[0]) == "text"


def _refuse_ragged(file: TextFile, how: Parting, start: int, body: Body) -> None:
    first = body.ragged[0]
    line = lines_of_rows(file, how, start, [first.row], 0).get(first.row, start + first.row)
    if first.open_quote:
        raise open_quote(file.path, line)
    values = "value" if first.cells == 1 else "values"
    raise DataError(
        f"Line {line:,} of {shown(file.path.name)} has {first.cells:,} {values}, "
        f"where the first line has {len(body.columns):,}: {shown(first.text[:MAX_SHOWN])}",
        MORE_LINES,
    )


def _refuse_open_quote(file: TextFile, how: Parting, start: int, body: Body) -> None:
    """A quote left open takes the rest of the file into one value, which may go unnoticed."""
    quote = QUOTES[how.quote]
    if not quote or not body.rows:
        return
    last = body.columns[-1][-1].as_py() or ""
    if "\n" in last and not ends_in_quote(file.path, quote):
        number = body.rows + len(body.ragged)
        lines = lines_of_rows(file, how, start, [number], 0)
        raise open_quote(file.path, lines.get(number, start + number))


def _start(cells: Sequence[str]) -> str:
    return shown(", ".join(cells)[:MAX_SHOWN])


SPEC = ReaderSpec(
    name="csv",
    title="Table of text (CSV)",
    summary="One row a line, with values between commas, semicolons, tabs, spaces or bars; lines "
    "above the samples may name the columns.",
    suffixes=(".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz"),
    read=read,
    tables=True,
    options=(
        *("separator", "quote", "decimal", "skipped_lines", "comment", "heading_rows"),
        *("extra_rows", "text_columns", "missing_words", "missing_numbers", "encoding"),
    ),
    order=10,
)
