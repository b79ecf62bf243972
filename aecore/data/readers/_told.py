"""Told: in sentences, how a table is written and which of its rows are no samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aecore.data.names import shown
from aecore.data.readers._extra_rows import ExtraRows
from aecore.data.readers._layout import Layout
from aecore.data.readers._separators import Parting, Row
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import ENCODINGS, SEPARATORS
from aecore.wording import counted

MOST_LINES, MOST_SHOWN = 3, 60
PARTED = {
    "spaces": "Spaces stand between values.",
    "none": "All of a line is one value.",
}
QUOTED = {
    "single": "Single quotes stand around values.",
    "none": "A quote is a letter like any other.",
}
KEEP = "Keep such rows"

Lines = Mapping[int, int]


def about_text(how: Parting, encoding: str, mark: str) -> list[ReadingNote]:
    """How a text is written."""
    title = SEPARATORS[how.separator].title.lower()
    parted = PARTED.get(how.separator, f"A {title} stands between values.")
    encoding = encoding.removesuffix("-sig")
    notes = [ReadingNote("guess", parted, "separator", how.separator)]
    if how.quote in QUOTED and how.separator not in PARTED:
        notes.append(ReadingNote("guess", QUOTED[how.quote], "quote", how.quote))
    if mark:
        said = f'Lines that begin with "{mark}" are comments.'
        notes.append(ReadingNote("guess", said, "comment", mark))
    title = ENCODINGS[encoding].title if encoding in ENCODINGS else encoding
    notes.append(ReadingNote("guess", f"The encoding is {title}.", "encoding", encoding))
    if how.rival:
        notes.append(
            ReadingNote(
                "advice",
                "A comma is read as what parts two values of a line: is it a decimal mark?",
                "separator",
                how.rival,
                "Read one number a line",
            )
        )
    return notes


def about_layout(found: Layout, what: str) -> list[ReadingNote]:
    """Which lines, or rows of a sheet, are not samples, from the top.

    Args:
        what: "line" or "row".
    """
    top = found.headings[0].first if found.headings else found.first - len(found.units)
    notes = []
    if found.above:
        count = found.above[-1].last
        first = _line(found.above[0])
        said = f"The {what} above the table" if count == 1 else f"{count} {what}s above the table"
        are = "is" if count == 1 else "are"
        notes.append(
            ReadingNote(
                "guess",
                f'{said}, "{first}", {are} no part of it.'
                if count == 1
                else f'{said}, such as "{first}", {are} no part of it.',
                "skipped_lines",
                count,
                lines=tuple(row.first for row in found.above[:MOST_LINES]),
            )
        )
    notes.append(
        ReadingNote("guess", _named(found, what, top), "heading_rows", len(found.headings))
    )
    if found.units:
        notes.append(_about_units(found.units, what))
    return notes


def about_rows(
    extra: Sequence[ExtraRows], ragged: Sequence[ExtraRows], lines: Lines, what: str
) -> list[ReadingNote]:
    """Rows that were left out, wherever they stand.

    Args:
        lines: row -> line.
    """
    return [_about_rows(one, lines, what) for one in (*extra, *ragged)]


def _named(found: Layout, what: str, top: int) -> str:
    if found.from_comment:
        return "A comment names the columns."
    if not found.headings:
        return f"No {what} names the columns: they are numbered."
    numbers = [row.first for row in found.headings]
    said = (
        f"{what.capitalize()} {numbers[0]} names the columns."
        if len(numbers) == 1
        else f"{what.capitalize()}s {numbers[0]} to {numbers[-1]} name the columns together."
    )
    return f"{said} The first one holds the names of rows." if found.row_names else said


def _about_units(units: Sequence[Row], what: str) -> ReadingNote:
    numbers = tuple(row.first for row in units)
    where = f"{what.capitalize()} {numbers[0]}, below the heading,"
    if len(numbers) > 1:
        where = f"{what.capitalize()}s {numbers[0]} to {numbers[-1]}, below the heading,"
    hold = "holds" if len(numbers) == 1 else "hold"
    said = f"{where} {hold} no values ({_line(units[0])}): left out."
    return ReadingNote("rows", said, "extra_rows", "keep", KEEP, len(numbers), lines=numbers)


def _about_rows(one: ExtraRows, lines: Lines, what: str) -> ReadingNote:
    count = len(one.rows)
    numbers = tuple(lines[int(row)] for row in one.rows[:MOST_LINES] if int(row) in lines)
    example = f'"{shown(one.example)[:MOST_SHOWN]}"'
    plural = count > 1
    said = {
        "empty": f"{count:,} empty rows" if plural else "An empty row",
        "heading": f"The heading comes again in {counted(count, 'row')}"
        if plural
        else "The heading again",
        "units": f"The row of units comes again in {counted(count, 'row')}"
        if plural
        else "Units again",
        "comment": f"{count:,} comments such as {example}" if plural else f"A comment, {example}",
        "total": f"{counted(count, 'row')} of totals such as {example}"
        if plural
        else f"A total, {example}",
        "note": f"{count:,} notes such as {example}" if plural else f"A note, {example}",
    }[one.what]
    sentence = f"{said} ({places(numbers, count, what)}): left out."
    option, value, action = {
        "empty": ("", None, ""),
        "comment": ("comment", "none", ""),
    }.get(one.what, ("extra_rows", "keep", KEEP))
    return ReadingNote("rows", sentence, option, value, action, count, lines=numbers)


def places(numbers: Sequence[int], count: int, what: str) -> str:
    """Where so many cells or rows stand, of which the lines of the first are given."""
    if not numbers:
        return f"{count:,} in all"
    if count == 1:
        return f"{what} {numbers[0]:,}"
    if count == len(numbers):
        return f"{what}s {', '.join(f'{n:,}' for n in numbers[:-1])} and {numbers[-1]:,}"
    return f"the first in {what} {numbers[0]:,}"


def _line(row: Row) -> str:
    text = ", ".join(cell.strip() for cell in row.cells if cell.strip())
    return shown(text)[:MOST_SHOWN]
