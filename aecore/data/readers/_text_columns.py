"""Columns of text as numbers, true and false, moments or text, each decided by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aecore.data.readers._cells import MISSING, MISSING_WORDS, number
from aecore.data.readers._gappy_numbers import OddCells, gappy_numbers, odd_cells
from aecore.data.readers._number_forms import (
    CELLS_LOOKED_AT,
    Evidence,
    NumberForm,
    evidence_of,
    only_thousands,
    read_numbers,
    some_of,
)
from aecore.data.readers._word_categories import kept_words
from aecore.data.reading_options import AUTO, ReadingOptions

if TYPE_CHECKING:
    import pyarrow as pa

# Of a column of numbers with points, so many cells tell mostly what they mean.
NUMBERS_LOOKED_AT = 30
# 02139 and 007 name something; 01 is a month.
LEADING_ZERO = re.compile(r"0\d{2,}")
MARKS = {"point": ".", "comma": ","}


@dataclass(frozen=True)
class ReadColumn:
    """A column as it was read.

    Attributes:
        values: int64, float64, bool, timestamp or text; null where missing.
        form: how its numbers were written, where that is not plain.
        odd: cells that are no numbers.
        words: words for missing values that count only among numbers, and how many cells hold them.
        unsure: a number of it that could be read otherwise; empty where none could.
        example: a cell that is written as no number here is, and how it is read.
        infinite: cells with numbers too large to be kept, or infinite ones.
        categories: cells with a word for missing values that is a category here.
        zeros: a whole number of three digits or more that begins with 0; empty without one.
    """

    values: pa.ChunkedArray
    form: NumberForm | None = None
    odd: OddCells | None = None
    words: OddCells | None = None
    unsure: str = ""
    example: tuple[str, str] | None = None
    infinite: OddCells | None = None
    categories: OddCells | None = None
    zeros: str = ""

    @property
    def gaps(self) -> tuple[OddCells, ...]:
        """All cells that notes name."""
        return tuple(c for c in (self.odd, self.words, self.infinite) if c is not None)


@dataclass
class _Seen:
    """A column while the others are looked at."""

    column: pa.ChunkedArray
    plain: pa.ChunkedArray
    words: Sequence[str]
    evidence: Evidence = field(default_factory=Evidence)

    def text(self) -> pa.ChunkedArray:
        """Its cells, null where missing: made anew, for that of all columns is as large as they."""
        return self.plain if _is_text(self.plain) else present(self.column, self.words)


def typed(
    columns: Sequence[pa.ChunkedArray],
    options: ReadingOptions,
    *,
    point: bool = False,
    as_text: Sequence[int] = (),
) -> list[ReadColumn]:
    """Each column of text as int64, float64, bool or timestamp where its values are such.

    Spaces around values are dropped, and usual markers of missing values become null. Dates are
    those of ISO 8601; times with a zone are turned to UTC. Where a column's numbers leave open
    what their only mark means, the other columns decide.

    Args:
        options: how cells are read, where that is not to be found out.
        point: whether a comma parts the values, so that it cannot stand inside of one unquoted.
        as_text: the places of columns that stay text.
    """
    seen = [_seen(column, options, place in as_text) for place, column in enumerate(columns)]
    common, sure = _common_mark(seen, options)
    return [
        ReadColumn(one.plain)
        if place in as_text
        else _with_words(_without_infinite(_read(one, common, sure, options, point), one), one)
        for place, one in enumerate(seen)
    ]


def decimal_mark(read: Sequence[ReadColumn]) -> str:
    """The decimal mark of most columns of numbers."""
    marks = [one.form.decimal for one in read if one.form is not None]
    return "," if marks and marks.count(",") >= marks.count(".") else "."


def without_numbers(read: ReadColumn, numbers: Sequence[float]) -> ReadColumn:
    """A column without those of its numbers that stand for missing values."""
    return replace(read, values=without_listed(read.values, numbers))


def without_listed(column: pa.ChunkedArray, numbers: Sequence[float]) -> pa.ChunkedArray:
    """The same of a column of any type; null where it holds one of these numbers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pa.types.is_integer(column.type)
    if not numbers or not (whole or _is_float(column)):
        return column
    given = column.cast(pa.float64(), safe=False)
    missing = pc.is_in(given, value_set=pa.array(numbers, pa.float64()))
    return pc.if_else(missing, pa.scalar(None, column.type), column)


def _seen(column: pa.ChunkedArray, options: ReadingOptions, as_text: bool) -> _Seen:
    clean = None if as_text or options.missing_words else _clean_numbers(column)
    text = column if clean is not None else present(column, options.missing_words)
    plain = clean if clean is not None else text if as_text else _plain(text)
    if as_text or not (_is_text(plain) or _is_float(plain)):
        return _Seen(column, plain, options.missing_words)
    evidence = evidence_of(
        some_of(text, NUMBERS_LOOKED_AT if _is_float(plain) else CELLS_LOOKED_AT)
    )
    if _is_float(plain) and not evidence.proved:
        evidence = evidence_of(some_of(text))
    return _Seen(column, plain, options.missing_words, evidence)


def _common_mark(seen: Sequence[_Seen], options: ReadingOptions) -> tuple[str, bool]:
    """The decimal mark of columns that leave theirs open, and whether all others speak for it."""
    if options.decimal != AUTO:
        return MARKS[options.decimal], True
    marks = [one.evidence.proved for one in seen if one.evidence.proved]
    mark = "," if marks and marks.count(",") >= marks.count(".") else "."
    return mark, len(set(marks)) == 1


def _read(one: _Seen, common: str, sure: bool, options: ReadingOptions, point: bool) -> ReadColumn:
    proved = MARKS.get(options.decimal, "") or one.evidence.proved
    mark, sure = proved or common, sure or bool(proved)
    if _is_float(one.plain):
        # Unquoted, a comma parts values where it is the separator.
        return _plain_or_thousands(one, mark, sure or (point and mark == "."))
    if not _is_text(one.plain) or not _may_be_numbers(one):
        return ReadColumn(one.plain)
    found = gappy_numbers(one.plain, one.evidence.form(mark))
    if found.values is None:
        return ReadColumn(one.plain, odd=found.odd)
    unsure = "" if sure else _open(one)
    return ReadColumn(found.values, found.form, found.odd, found.words, unsure, found.example)


def _without_infinite(read: ReadColumn, one: _Seen) -> ReadColumn:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not _is_float(read.values):
        return read
    infinite = pc.is_inf(read.values)
    if not pc.any(infinite).as_py():
        return read
    values = pc.if_else(infinite, pa.scalar(None, read.values.type), read.values)
    return replace(read, values=values, infinite=odd_cells(one.text(), infinite))


def _with_words(read: ReadColumn, one: _Seen) -> ReadColumn:
    """A column of categories with words such as NA among them; of numbers, what may be names."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_integer(read.values.type):
        cells = (cell.strip() for cell in some_of(one.column))
        return replace(read, zeros=next((c for c in cells if LEADING_ZERO.fullmatch(c)), ""))
    if read.odd is not None or not _is_text(read.values):
        return read
    kept = kept_words(one.column, read.values, one.words)
    if kept is None:
        return read
    text = pc.utf8_trim_whitespace(one.column)
    return replace(
        read, values=pc.if_else(kept, text, read.values), categories=odd_cells(text, kept)
    )


def _may_be_numbers(one: _Seen) -> bool:
    """Whether most cells are numbers, or words for missing ones beside some."""
    if not one.evidence.numbers:
        return False
    words = sum(cell.lower() in MISSING_WORDS for cell in some_of(one.text()))
    return 2 * (len(one.evidence.numbers) + words) >= one.evidence.cells


def _plain_or_thousands(one: _Seen, mark: str, sure: bool) -> ReadColumn:
    """Numbers with points, which are thousands where a comma is the decimal mark."""
    form = NumberForm(",", frozenset("."))
    if mark == "," and only_thousands(one.text(), form):
        unsure = "" if sure else _open(one)
        return ReadColumn(read_numbers(one.text(), form), form, unsure=unsure)
    return ReadColumn(one.plain, NumberForm(), unsure="" if sure else _open(one))


def _open(one: _Seen) -> str:
    """A number of the column, the only mark of which may stand before tenths or thousands."""
    return next((c for c in some_of(one.text()) if (n := number(c)) is not None and n.open), "")


def _clean_numbers(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Numbers without a word or a space among them, as most columns are; None for all others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = _cast(column, pa.int64())
    if whole is not None:
        return None if _has(column, "x") else whole
    numbers = _cast(column, pa.float64())
    return None if numbers is None or pc.any(pc.is_nan(numbers)).as_py() else numbers


def _plain(text: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    whole = _cast(text, pa.int64())
    if whole is not None and not _has(text, "x"):
        return whole
    # True and false come after numbers, since 0 and 1 could be either.
    kinds = (pa.float64(), pa.bool_(), pa.timestamp("us"), pa.timestamp("ns"))
    for kind in (*kinds, pa.timestamp("us", "UTC")):
        values = _cast(text, kind)
        if values is not None:
            return values
    return text


def present(column: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    """A column of text without spaces around its cells, null where they mean missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(column)
    missing = pc.is_in(trimmed, value_set=pa.array([*MISSING, *words], trimmed.type))
    return pc.if_else(missing, pa.scalar(None, trimmed.type), trimmed)


def _cast(text: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        return pc.cast(text, kind)
    except pa.ArrowInvalid:
        return None


def _has(text: pa.ChunkedArray, part: str) -> bool:
    import pyarrow.compute as pc

    return bool(pc.any(pc.match_substring(text, part, ignore_case=True)).as_py())


def _is_text(column: pa.ChunkedArray) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(column.type))


def _is_float(column: pa.ChunkedArray) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_floating(column.type))
