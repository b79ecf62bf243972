"""Comments: the sign that begins a line which is no row, and what such lines say."""

from __future__ import annotations

from collections.abc import Sequence

from aecore.data.readers._separators import Parting, Row, rows_of
from aecore.data.reading_options import AUTO, NO_COMMENTS, ReadingOptions

MARKS = ("#", "%", "//", "!", "--", "*", ";", "@")
# No table has so many of its rows begin with such a sign, unless they are its rows.
MOST = 0.5


def comment_mark(lines: Sequence[str], options: ReadingOptions) -> str:
    """The sign with which the first line begins, if few of all lines do; empty without one."""
    if options.comment == NO_COMMENTS:
        return ""
    if options.comment != AUTO:
        return options.comment
    filled = [line for line in lines if line.strip()]
    mark = next((mark for mark in MARKS if filled and filled[0].startswith(mark)), "")
    if not mark:
        return ""
    begun = [line for line in filled if line.startswith(mark)]
    # In `;1;2` the sign parts values.
    parts = any(mark in line for line in filled if not line.startswith(mark))
    if (len(begun) >= MOST * len(filled) and len(filled) > 2) or (mark == ";" and parts):
        return ""
    return mark


def without_comments(lines: Sequence[str], mark: str) -> list[str]:
    """The same lines, comments emptied, so that lines keep their numbers."""
    return ["\n" if mark and line.startswith(mark) else line for line in lines]


def comments(lines: Sequence[str], mark: str, how: Parting) -> list[Row]:
    """Lines that are comments, as rows without their mark."""
    found: list[Row] = []
    for place, line in enumerate(lines):
        if mark and line.startswith(mark):
            text = line[len(mark) :].lstrip(f"{mark} ")
            found += [row for row in rows_of([text], how, place) if row.cells]
    return found
