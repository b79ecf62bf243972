"""Numbers as they are written: marks, signs, and cells that are none among many that are."""

import pytest

from aecore.data.readers.csv import read
from aecore.data.reading_options import ReadingOptions

ROWS = 40


@pytest.fixture
def path(tmp_path):
    """Where a table may be written."""
    return tmp_path / "a.csv"


def table_of(path, cells, sign=";", **options):
    """A table of one column of these cells beside one of plain whole numbers."""
    lines = [f"{cell}{sign}{place % 9}" for place, cell in enumerate(cells)]
    path.write_text("\n".join([f"value{sign}other", *lines, ""]), encoding="utf-8")
    return read(path, ReadingOptions(**options))


def notes_about(table, about):
    """Notes of one kind."""
    return [note for note in table.notes if note.about == about]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1,5", "-2,25"], [1.5, -2.25]),
        (["1.234,5", "12"], [1234.5, 12]),
        (["1,234.5", "12.25"], [1234.5, 12.25]),
        (["1'234.5", "1’234’567"], [1234.5, 1234567]),
        (["1 234,5", "1\u00a0234,5", "1\u202f234"], [1234.5, 1234.5, 1234]),
        (["12,34,567.5", "1,000.0"], [1234567.5, 1000]),
        (["$1,234.50", "-$2.00"], [1234.5, -2]),
        (["1.234,50 €", "2,00 €"], [1234.5, 2]),
        (["CHF 5.50", "CHF 1'000.00"], [5.5, 1000]),
        (["71.9%", "3 %"], [71.9, 3]),
        (["(123)", "45"], [-123, 45]),
        (["123-", "45.5"], [-123, 45.5]),
        (["−5", "5.5"], [-5, 5.5]),
        (["1.0D+03", "-2.5d-1"], [1000, -0.25]),
        (["+1", "- 2"], [1, -2]),
        (["1,5E3", "2,5e-1"], [1500, 0.25]),
    ],
)
def test_numbers_are_read_however_they_are_written(path, cells, numbers):
    """Marks between thousands and before tenths, currencies, percent, minus of any kind."""
    table = table_of(path, cells * 10)
    assert table.frame["value"].tolist() == numbers * 10
    assert table.frame["other"].tolist() == [place % 9 for place in range(len(cells) * 10)]


def test_each_column_has_a_form_of_its_own(path):
    """One with commas does not change one with points, and the page says which is which."""
    path.write_text("a;b;c\n" + "1.234,5;0.25;7\n2,5;10.75;8\n" * 10)
    table = read(path)
    assert table.frame.iloc[0].tolist() == [1234.5, 0.25, 7]
    [note] = [note for note in table.notes if note.option == "decimal"]
    assert note.value == "comma"
    assert note.sentence == 'The decimal mark is a comma. In "b" it is a point.'


@pytest.mark.parametrize(
    ("cell", "decimal", "number"), [("1.234", "point", 1.234), ("1.234", "comma", 1234)]
)
def test_the_decimal_mark_can_be_given(path, cell, decimal, number):
    """Where nothing in the file says what a point means, a note asks, with the other answer."""
    table = table_of(path, [cell] * ROWS)
    [note] = [note for note in notes_about(table, "advice") if note.option == "decimal"]
    assert note.value == "comma"
    assert "1.234 is read as 1.234. It could be 1234 as well." in note.sentence
    table = table_of(path, [cell] * ROWS, decimal=decimal)
    assert table.frame["value"].tolist() == [number] * ROWS
    assert not notes_about(table, "advice")


@pytest.mark.parametrize(
    "cell", ["err", "#####", "1.5 kg", "<0.1", "1O.5", "1 .5", "OVERFLOW", "3.4.5", "12:30", "0.3*"]
)
def test_a_few_cells_that_are_no_numbers_are_gaps_and_told(path, cell):
    """With what they hold and where, and the column can be kept as text instead."""
    cells = [f"{place}.5" for place in range(ROWS)]
    cells[7] = cell
    table = table_of(path, cells)
    assert table.frame["value"].isna().sum() == 1
    [note] = notes_about(table, "cells")
    assert (note.count, note.columns, note.lines) == (1, ("value",), (9,))
    assert f'"{cell}"' in note.sentence and "line 9" in note.sentence
    assert (note.option, note.value) == ("text_columns", ["value"])
    kept = table_of(path, cells, text_columns=("value",))
    assert kept.frame["value"].tolist() == cells
    assert not notes_about(kept, "cells")


@pytest.mark.parametrize(
    "word",
    [
        *("-", "--", "---", ".", "na", "N.A.", "n.a.", "\\N", "(null)", "missing", "unknown"),
        *("NONE", "nil", "*", "#", "ND", "1.#QNAN", "NaT", "—", "''", "#N/A N/A", "n/k"),
    ],
)
def test_words_for_missing_values_count_among_numbers(path, word):
    """However many there are; among words they are words."""
    table = table_of(path, [word, "1.5", word, "2.5"] * 10)
    assert table.frame["value"].isna().sum() == 20
    [note] = notes_about(table, "cells")
    assert note.count == 20
    assert f'hold "{word}" (the first in line 2)' in note.sentence
    words = table_of(path, [word, "red", "blue", "green"] * 10)
    assert words.frame["value"].tolist()[0] == word


def test_any_word_counts_where_it_is_the_only_one(path):
    """In up to half of the cells; more than that, and the column is text."""
    assert table_of(path, ["x", "1.5", "2.5"] * 10).frame["value"].isna().sum() == 10
    text = table_of(path, ["x", "x", "2.5"] * 10)
    assert text.frame["value"].tolist() == ["x", "x", "2.5"] * 10


def test_further_words_can_be_given(path):
    """They are missing in every column."""
    table = table_of(path, ["red", "kaputt", "blue"] * 10, missing_words=("kaputt",))
    assert table.frame["value"].isna().sum() == 10


def test_codes_among_few_numbers_are_categories(path):
    """3+ is no missing value; a note says that one click makes it one."""
    table = table_of(path, ["0", "1", "2", "3+"] * 10)
    assert table.frame["value"].tolist() == ["0", "1", "2", "3+"] * 10
    [note] = notes_about(table, "advice")
    assert (note.option, note.value) == ("missing_words", ["3+"])


def test_codes_and_names_stay_text(path):
    """Of a column of tickets, no letter is lost."""
    cells = ["A/5 21171", "113803", "PC 17599", "STON/O2. 3101282"] * 10
    table = table_of(path, cells)
    assert table.frame["value"].tolist() == cells


def test_numbers_too_large_are_gaps(path):
    """So are infinite ones."""
    table = table_of(path, ["1.5", "1e999", "-inf", "2.5"] * 10)
    assert table.frame["value"].isna().sum() == 20
    [note] = notes_about(table, "cells")
    assert 'too large a number ("1e999", "-inf")' in note.sentence


def test_sentinels_become_missing_where_they_are_named(path):
    """In columns of whole numbers and of others."""
    table = table_of(path, ["-999", "1.5"] * 20, missing_numbers=(-999.0, 3.0))
    assert table.frame["value"].isna().sum() == 20
    assert table.frame["other"].isna().sum() == sum(place % 9 == 3 for place in range(40))


def test_many_columns_are_told_of_together(path):
    """Six by name, the others in one sentence."""
    names = [f"c{place}" for place in range(30)]
    lines = [",".join(["1.5"] * 30), ",".join(["-"] * 30)] * 10
    path.write_text("\n".join([",".join(names), *lines, ""]))
    notes = notes_about(read(path), "cells")
    assert len(notes) == 7
    assert sum(note.count for note in notes) == 300
    assert "240 more cells in 24 further columns" in notes[-1].sentence
