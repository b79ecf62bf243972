"""Written numbers: columns of a typed file that are stored as text and hold numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aecore.data.columns.measures import MOST_EXACT
from aecore.data.names import shown
from aecore.data.readers._cells import MISSING_WORDS
from aecore.data.readers._number_forms import NumberForm, evidence_of, read_numbers, some_of
from aecore.data.readers._text_columns import ReadColumn, present, typed
from aecore.data.readers._told_columns import about_columns
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import ReadingOptions
from aecore.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

NAMED = 3
# 007, and whole numbers beyond what 64 bits hold.
NAMES_SOMETHING = r"^[+-]?(?:0[0-9]{2,}|[0-9]{17,})$"


@dataclass(frozen=True)
class WrittenNumbers:
    """How the numbers of one column of text are written.

    Attributes:
        form: of its numbers.
        missing: words that the user calls missing.
        odd: further cells that are no numbers and count as missing.
    """

    form: NumberForm
    missing: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()

    def read(self, text: pa.ChunkedArray, name: str, file: str) -> pa.ChunkedArray:
        """A part of the column as int64 or float64.

        Raises:
            DataError: a cell is no number, and none of the words that count as missing.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        text = present(text.cast(pa.string()), self.missing)
        values = read_numbers(text, self.form)
        left = pc.and_(pc.is_valid(text), pc.is_null(values))
        words = {*pc.unique(text.filter(left)).to_pylist()} - {*self.odd}
        odd = next((word for word in words if word.lower() not in MISSING_WORDS), None)
        if odd is None:
            return values
        raise DataError(
            f'Column "{shown(name)}" is one of numbers written as text, but {shown(file)} has '
            f'"{shown(odd)}" in it.',
            "Count that word as missing, or name the column among those of text.",
        )


@dataclass(frozen=True)
class ColumnsOfNumbers:
    """What was found in columns of text.

    Attributes:
        values: name -> numbers, of those that hold numbers.
        written: the same columns, to read more of them.
        notes: on how they were read.
    """

    values: Mapping[str, pa.ChunkedArray]
    written: Mapping[str, WrittenNumbers]
    notes: tuple[ReadingNote, ...] = ()


def columns_of_numbers(
    columns: Mapping[str, pa.ChunkedArray], options: ReadingOptions
) -> ColumnsOfNumbers:
    """Of columns of text, those that hold numbers; what may be names, such as 007, stays text.

    Args:
        columns: of text, by their names.
    """
    import pyarrow as pa

    text = {
        name: column.cast(pa.string())
        for name, column in columns.items()
        if name not in options.text_columns and _may_be_numbers(column)
    }
    read = dict(zip(text, typed(list(text.values()), options), strict=True))
    read = {name: one for name, one in read.items() if _are_numbers(one, text[name])}
    return ColumnsOfNumbers(
        {name: one.values for name, one in read.items()},
        {
            name: WrittenNumbers(
                one.form or NumberForm(),
                options.missing_words,
                one.odd.texts if one.odd is not None else (),
            )
            for name, one in read.items()
        },
        tuple(_notes(read)),
    )


def without_words(text: pa.ChunkedArray, words: tuple[str, ...]) -> pa.ChunkedArray:
    """A column of text, null where it holds a word that the user calls missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not words:
        return text
    missing = pc.is_in(text, value_set=pa.array(words, text.type))
    return pc.if_else(missing, pa.scalar(None, text.type), text)


def _may_be_numbers(text: pa.ChunkedArray) -> bool:
    evidence = evidence_of(some_of(text))
    return bool(evidence.numbers) and 2 * len(evidence.numbers) >= evidence.cells


def _are_numbers(one: ReadColumn, text: pa.ChunkedArray) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pa.types.is_integer(one.values.type)
    if not (whole or pa.types.is_floating(one.values.type)):
        return False
    if pc.any(pc.match_substring_regex(text, NAMES_SOMETHING)).as_py():
        return False
    return not whole or bool((pc.max(one.values).as_py() or 0) <= MOST_EXACT)


def _notes(read: Mapping[str, ReadColumn]) -> list[ReadingNote]:
    if not read:
        return []
    names = list(read)
    quoted = [f'"{shown(name)}"' for name in names[:NAMED]]
    if len(names) > NAMED:
        quoted.append(f"{len(names) - NAMED:,} more")
    listed = (
        f"{', '.join(quoted[:-1])} and {quoted[-1]} are" if len(names) > 1 else f"{quoted[0]} is"
    )
    said = f"{listed} stored as text, and read as the numbers that stand in it."
    first = ReadingNote(
        *("advice", said, "text_columns", names, "Keep as text"), columns=tuple(names)
    )
    rows = {row: row + 1 for one in read.values() for cells in one.gaps for row in cells.rows}
    return [first, *about_columns(names, list(read.values()), rows, "row")]
