"""Told of columns: in sentences, how their cells were read, and which of them count as missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aecore.data.names import shown
from aecore.data.readers._gappy_numbers import OddCells
from aecore.data.readers._text_columns import ReadColumn, decimal_mark
from aecore.data.readers._told import places
from aecore.data.reading_notes import ReadingNote
from aecore.wording import counted

# So many columns are told of one by one; the others in one sentence.
MOST_COLUMNS = 6
MOST_LINES = 3
MARKS = {".": "point", ",": "comma"}

Lines = Mapping[int, int]


def about_columns(
    names: Sequence[str], read: Sequence[ReadColumn], lines: Lines, what: str
) -> list[ReadingNote]:
    """Cells that count as missing, and how numbers are written."""
    notes = _about_decimals(names, read)
    notes += _about_forms(names, read)
    for kind in (_about_odd, _about_kept, _about_words, _about_infinite, *WORDS_AND_ZEROS):
        told = [
            note
            for name, one in zip(names, read, strict=True)
            if (note := kind(name, one, lines, what)) is not None
        ]
        notes += told[:MOST_COLUMNS]
        notes += _together(told[MOST_COLUMNS:])
    return notes


def without_values(names: Sequence[str], hint: str) -> list[ReadingNote]:
    """Columns that have a name and nothing else, and what to try about them."""
    if not names:
        return []
    are = "is" if len(names) == 1 else "are"
    hold = "holds" if len(names) == 1 else "hold"
    said = f"{_listed(names)} {hold} no values and {are} left out. {hint}".strip()
    return [ReadingNote("columns", said, count=len(names), columns=tuple(names))]


def between_tables(names: Sequence[str]) -> list[ReadingNote]:
    """Columns without a name or a value, with others on both sides."""
    if not names:
        return []
    said = (
        f"{_listed(names)} has neither a name nor a value: if tables stand side by side, give each "
        "in a file of its own."
    )
    return [ReadingNote("columns", said, count=len(names), columns=tuple(names))]


def _about_decimals(names: Sequence[str], read: Sequence[ReadColumn]) -> list[ReadingNote]:
    notes = []
    if any(one.form is not None for one in read):
        mark = decimal_mark(read)
        others = [
            name
            for name, one in zip(names, read, strict=True)
            if one.form is not None and one.form.decimal != mark
        ]
        besides = (
            f" In {_listed(others)} it is a {MARKS['.' if mark == ',' else ',']}." if others else ""
        )
        said = f"The decimal mark is a {MARKS[mark]}.{besides}"
        notes.append(ReadingNote("guess", said, "decimal", MARKS[mark]))
    unsure = [(n, one) for n, one in zip(names, read, strict=True) if one.unsure]
    if unsure:
        name, one = unsure[0]
        thousands = one.unsure.replace(",", "").replace(".", "")
        tenths = one.unsure.replace(",", ".")
        is_tenths = one.form is not None and one.form.decimal in one.unsure
        other = thousands if is_tenths else tenths
        value = _unlike(one)
        more = f" and {len(unsure) - 1} more columns" if len(unsure) > 1 else ""
        notes.append(
            ReadingNote(
                "advice",
                f'"{shown(name)}"{more}: {one.unsure} is read as '
                f"{tenths if is_tenths else thousands}. It could be {other} as well.",
                "decimal",
                value,
                f"The decimal mark is a {value}",
                columns=tuple(n for n, _ in unsure),
            )
        )
    return notes


def _unlike(one: ReadColumn) -> str:
    """The decimal mark that the numbers of a column were not read with."""
    return MARKS["." if one.form is not None and one.form.decimal == "," else ","]


def _about_forms(names: Sequence[str], read: Sequence[ReadColumn]) -> list[ReadingNote]:
    """Numbers that are written in a way that no number here is."""
    told = [
        f'In "{shown(name)}" {shown(" ".join(one.example[0].split()))} is read as {one.example[1]}.'
        for name, one in zip(names, read, strict=True)
        if one.example is not None
    ]
    more = len(told) - MOST_COLUMNS
    if more > 0:
        told = [*told[:MOST_COLUMNS], f"So are numbers of {more:,} more columns."]
    return [ReadingNote("guess", sentence, "text_columns") for sentence in told]


def _about_odd(name: str, one: ReadColumn, lines: Lines, what: str) -> ReadingNote | None:
    if one.odd is None or one.odd.kept:
        return None
    return _about_cells(name, one, one.odd, "no number", lines, what)


def _about_words(name: str, one: ReadColumn, lines: Lines, what: str) -> ReadingNote | None:
    if one.words is None:
        return None
    return _about_cells(name, one, one.words, "", lines, what)


def _about_infinite(name: str, one: ReadColumn, lines: Lines, what: str) -> ReadingNote | None:
    if one.infinite is None:
        return None
    return _about_cells(name, one, one.infinite, "too large a number", lines, what)


def _about_cells(
    name: str, one: ReadColumn, cells: OddCells, hold: str, lines: Lines, what: str
) -> ReadingNote:
    numbers = tuple(lines[row] for row in cells.rows[:MOST_LINES] if row in lines)
    texts = ", ".join(f'"{shown(text)}"' for text in cells.texts)
    held = f"{hold} ({texts})" if hold else texts
    verb, count_as = ("holds", "counts") if cells.count == 1 else ("hold", "count")
    said = (
        f'"{shown(name)}": {cells.count:,} of {counted(len(one.values), "cell")} {verb} {held} '
        f"({places(numbers, cells.count, what)}) and {count_as} as missing."
    )
    return ReadingNote(
        *("cells", said, "text_columns", [name], "Keep as text"),
        count=cells.count,
        columns=(name,),
        lines=numbers,
    )


def _about_kept(name: str, one: ReadColumn, lines: Lines, what: str) -> ReadingNote | None:
    if one.odd is None or not one.odd.kept:
        return None
    numbers = tuple(lines[row] for row in one.odd.rows[:MOST_LINES] if row in lines)
    texts = ", ".join(f'"{shown(text)}"' for text in one.odd.texts)
    said = (
        f'"{shown(name)}" is read as text: most of its cells are numbers, but {one.odd.count:,} '
        f"are not, such as {texts} ({places(numbers, one.odd.count, what)})."
    )
    few = len(one.odd.texts) < 3
    return ReadingNote(
        "advice",
        said,
        "missing_words",
        list(one.odd.texts) if few else None,
        "Count as missing" if few else "",
        columns=(name,),
        lines=numbers,
    )


def _about_categories(name: str, one: ReadColumn, lines: Lines, what: str) -> ReadingNote | None:
    if one.categories is None:
        return None
    texts = ", ".join(f'"{shown(text)}"' for text in one.categories.texts)
    hold = "holds" if one.categories.count == 1 else "hold"
    said = (
        f'"{shown(name)}": {one.categories.count:,} of {counted(len(one.values), "cell")} '
        f"{hold} {texts}, "
        "a category like the others."
    )
    words = list(one.categories.texts)
    return ReadingNote(
        *("advice", said, "missing_words", words, "Count as missing"), columns=(name,)
    )


def _about_zeros(name: str, one: ReadColumn, lines: Lines, what: str) -> ReadingNote | None:
    if not one.zeros:
        return None
    said = (
        f'"{shown(name)}": {one.zeros} is read as the number {int(one.zeros)}. Keep it as text if '
        "it names something, such as a place or a product."
    )
    return ReadingNote(*("advice", said, "text_columns", [name], "Keep as text"), columns=(name,))


WORDS_AND_ZEROS = (_about_categories, _about_zeros)


def _together(notes: Sequence[ReadingNote]) -> list[ReadingNote]:
    """One sentence for what is left of many."""
    if not notes:
        return []
    names = tuple(name for note in notes for name in note.columns)
    count = sum(note.count for note in notes)
    about = notes[0].about
    said = (
        f"So it is in {len(names):,} more columns: {_listed(names)}."
        if about == "advice"
        else f"{count:,} more cells in {len(names):,} further columns count as missing: "
        f"{_listed(names)}."
    )
    return [ReadingNote(about, said, count=count, columns=names)]


def _listed(names: Sequence[str]) -> str:
    some = ", ".join(f'"{shown(name)}"' for name in names[:MOST_COLUMNS])
    return f"{some}, …" if len(names) > MOST_COLUMNS else some
