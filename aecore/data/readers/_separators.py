"""Separators: what stands between the values of a row, and how its first rows are parted."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from aecore.data.readers._cells import kind_of
from aecore.data.reading_options import AUTO, SIGNS, ReadingOptions

# Where two fit equally well, the rarer one inside values comes first; `none` before those that
# stand inside one value as well.
ORDER = (
    *("tab", "semicolon", "bar", "comma", "caret", "tilde", "double-colon", "none"),
    *("spaces", "colon"),
)
QUOTES = {"double": '"', "single": "'", "none": ""}
# Stands in no text, so that all of a line is one value.
NO_SEPARATOR = "\x1f"
LINES_TO_COMPARE, LETTERS_TO_COMPARE, ROWS_TO_WEIGH, CELLS_TO_WEIGH = 200, 2**18, 40, 4000
CLOSE = 1e-9
# A word between spaces is no value of its own unless nearly all others are numbers.
LEAST_VALUES, LEAST_QUOTED = 0.9, 0.5
OTHERS = re.compile(r"[\t;|]|,(?! )")
LEAST_SHARE, LEAST_ROWS = 0.5, 3
SEP_LINE = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A row of the sample.

    Attributes:
        first, last: its lines in the file, counted from 1.
        cells: its values; none of an empty line.
    """

    first: int
    last: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Parting:
    """How rows are parted.

    Attributes:
        separator: as `ReadingOptions.separator` names it.
        quote: as `ReadingOptions.quote` names it.
        spaced: whether spaces stand between a separator and a quote.
        rival: another separator that parts the rows as well; empty without one.
    """

    separator: str
    quote: str = "double"
    spaced: bool = False
    rival: str = ""

    @property
    def sign(self) -> str:
        """The separator itself; a character that stands in no text for those of several."""
        sign = SIGNS.get(self.separator, NO_SEPARATOR)
        return NO_SEPARATOR if self.of_lines else sign

    @property
    def of_lines(self) -> bool:
        """Whether no single character parts the values, so that whole lines are split."""
        return self.separator in ("spaces", "double-colon")


def named_separator(lines: Sequence[str]) -> str:
    """The separator that a first line `sep=;` names, as Excel reads it; empty without one."""
    found = SEP_LINE.fullmatch(lines[0]) if lines else None
    if found is None:
        return ""
    return next((name for name, sign in SIGNS.items() if sign == found[1]), "")


def parting(lines: Sequence[str], options: ReadingOptions, named: str = "") -> Parting:
    """How the rows of a text table are parted, judged by its first lines.

    Args:
        lines: without comments.
        named: the separator that the file itself names.
    """
    lines = _some(lines)
    if options.separator != AUTO or named:
        chosen = options.separator if options.separator != AUTO else named
        return _quoted(lines, Parting(chosen), options)
    tried = [(name, _score(lines, _quoted(lines, Parting(name), options))) for name in ORDER]
    best = max(score for _, score in tried)
    near = [name for name, score in tried if score >= best - CLOSE]
    first = near[0]
    # Only commas are decimal marks as well.
    rival = "none" if first == "comma" and "none" in near else ""
    return replace(_quoted(lines, Parting(first), options), rival=rival)


def rows_of(lines: Sequence[str], how: Parting, start: int = 0) -> Iterator[Row]:
    """Lines as rows, empty ones among them.

    Args:
        start: lines of the file before these.
    """
    if how.separator == "spaces" and not (how.quote != "none" and _has_quotes(lines, how)):
        yield from (_plain(i, tuple(line.split())) for i, line in enumerate(lines, start + 1))
    elif how.separator == "double-colon":
        for place, line in enumerate(lines, start + 1):
            text = line.rstrip("\r\n")
            yield _plain(place, tuple(text.split("::")) if text.strip() else ())
    else:
        yield from _quoted_rows(lines, how, start)


def _plain(line: int, cells: tuple[str, ...]) -> Row:
    return Row(line, line, cells)


def _quoted_rows(lines: Sequence[str], how: Parting, start: int) -> Iterator[Row]:
    spaces = how.separator == "spaces"
    texts = [line.strip() + "\n" for line in lines] if spaces else lines
    quote = QUOTES[how.quote]
    reader = csv.reader(
        (text.replace("\t", " ") for text in texts) if spaces else texts,
        delimiter=" " if spaces else how.sign,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        skipinitialspace=spaces or how.spaced,
    )
    last = 0
    # The module has a limit of its own for one value, met most often after a quote left open.
    with suppress(csv.Error):
        for cells in reader:
            yield Row(start + last + 1, start + reader.line_num, tuple(cells))
            last = reader.line_num


def _some(lines: Sequence[str]) -> list[str]:
    """The first lines, up to a number of letters in all; at least two."""
    some: list[str] = []
    letters = 0
    for line in lines[:LINES_TO_COMPARE]:
        letters += len(line)
        if letters > LETTERS_TO_COMPARE and len(some) > 1:
            break
        some.append(line)
    return some


def _quoted(lines: Sequence[str], how: Parting, options: ReadingOptions) -> Parting:
    """The same with the quotes that stand around its values."""
    if options.quote != AUTO:
        how = replace(how, quote=options.quote)
    elif how.separator != "double-colon":
        how = replace(how, quote=_quote(lines, how))
    if how.quote == "none" or how.of_lines or how.separator == "none":
        return how
    sign, quote = re.escape(how.sign), re.escape(QUOTES[how.quote])
    spaced = any(re.search(rf"{sign} +{quote}", line) for line in lines)
    return replace(how, spaced=spaced)


def _quote(lines: Sequence[str], how: Parting) -> str:
    """Double quotes, unless values stand between single ones, or some are never closed."""
    if not any('"' in line for line in lines):
        rows = [row.cells for row in rows_of(lines, replace(how, quote="none")) if row.cells]
        cells = [cell.strip() for row in rows for cell in row]
        between = sum(len(c) > 1 and c[0] == c[-1] == "'" for c in cells)
        return "single" if 2 * between >= len(cells) > 0 and between > 1 else "double"
    plain = [len(row.cells) for row in rows_of(lines, replace(how, quote="none")) if row.cells]
    quoted = [row for row in rows_of(lines, how) if row.cells]
    # Few values that hold lines of their own have a separator in each of these.
    swallowed = len(plain) - len(quoted)
    lines_are_rows = swallowed > 0 and len(set(plain)) == 1 < plain[0]
    return "none" if lines_are_rows and max(swallowed, plain[0]) >= LEAST_ROWS else "double"


def _has_quotes(lines: Sequence[str], how: Parting) -> bool:
    return any(QUOTES[how.quote] in line for line in lines)


def _score(lines: Sequence[str], how: Parting) -> float:
    """How well a separator parts the rows: as many values in each, and those such as are known."""
    rows = [row.cells for row in rows_of(lines, how) if row.cells]
    if not rows:
        return 0.0
    widths = [len(row) for row in rows]
    start, width = longest_run(widths)
    if how.separator == "none":
        # A heading that holds a separator stands above several columns.
        return _quality(rows) * (0.5 if OTHERS.search(rows[0][0].strip()) else 1.0)
    if width < 2:
        return 0.0
    share = sum(one == width for one in widths[start:]) / len(rows)
    body = [row for row in rows[start:] if len(row) == width]
    quality = _quality(body)
    if share < LEAST_SHARE and len(body) < 2:
        return 0.0
    if how.separator == "spaces" and not _may_be_spaces(lines, how, rows, body, quality):
        return 0.0
    # Dates, clocks and prefixes hold colons.
    least = LEAST_VALUES if how.separator == "colon" else 0.0
    return share * (0.3 + 0.7 * quality) if quality >= least else 0.0


def _may_be_spaces(
    lines: Sequence[str],
    how: Parting,
    rows: Sequence[tuple[str, ...]],
    body: Sequence[tuple[str, ...]],
    quality: float,
) -> bool:
    if _has_quotes(lines, how) and quality >= LEAST_QUOTED:
        return True
    names = len(body[0]) - len(rows[0])
    return quality >= LEAST_VALUES and names in (0, 1)


def longest_run(widths: Sequence[int]) -> tuple[int, int]:
    """Where the most rows one after another have the same number of values, and how many."""
    best, start = (0, 0, 0), 0
    for place, width in enumerate([*widths, -1]):
        if place and width != widths[start]:
            run = place - start
            if widths[start] > 1 and run > best[0]:
                best = (run, start, widths[start])
            start = place
    return (best[1], best[2]) if best[0] else (0, widths[0])


def _quality(rows: Sequence[tuple[str, ...]]) -> float:
    """From 0 to 1: values count as 1, text as a half, and text with another separator as 0."""
    some = rows[-ROWS_TO_WEIGH:]
    cells = [cell for row in some for cell in row][-CELLS_TO_WEIGH:]
    return sum(map(_worth, cells)) / len(cells)


def _worth(cell: str) -> float:
    if kind_of(cell) != "text":
        return 1.0
    return 0.0 if OTHERS.search(cell.strip()) else 0.5
