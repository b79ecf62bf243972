"""Words such as NA, a category among categories and a gap elsewhere, and numbers that are names."""

import pytest

from aecore.data.readers import csv
from aecore.data.reading_options import AS_FOUND, ReadingOptions


def table(path, cells, options=AS_FOUND):
    """What a file with this column beside one of numbers holds."""
    file = path / "a.csv"
    file.write_text("zone,width\n" + "".join(f"{c},{i}.5\n" for i, c in enumerate(cells)), "utf-8")
    return csv.read(file, options)


@pytest.mark.parametrize("word", ["NA", "None", "n/a"])
def test_a_word_among_categories_is_one(tmp_path, word):
    """It is told, and one click makes it a gap."""
    cells = [word, "PA", "SA", "EU"] * 6
    found = table(tmp_path, cells)
    assert found.frame["zone"].tolist() == cells
    (note,) = (n for n in found.notes if n.option == "missing_words")
    assert note.sentence == f'"zone": 6 of 24 cells hold "{word}", a category like the others.'
    wanted = ReadingOptions(missing_words=note.value)
    assert table(tmp_path, cells, wanted).frame["zone"].isna().sum() == 6


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["NaN", "PA", "SA", "EU"] * 6, id="no word of people"),
        pytest.param(["", "PA", "SA", "EU"] * 6, id="empty"),
        pytest.param(["NA", *(f"v{i}" for i in range(23))], id="texts that do not come again"),
        pytest.param(["NA", *("7" * 23)], id="numbers"),
        pytest.param(["NA", *["2024-01-01"] * 23], id="dates"),
        pytest.param(["NA", *["true", "false"] * 11], id="true and false"),
    ],
)
def test_elsewhere_it_is_a_gap(tmp_path, cells):
    """As it is among numbers, dates and texts."""
    missing = {"NA", "NaN", ""}
    column = table(tmp_path, cells).frame["zone"]
    assert column.isna().tolist() == [cell in missing for cell in cells]


def test_leading_zeros_are_told(tmp_path):
    """What is read as a number may name something: one click keeps it as it is written."""
    cells = ["02139", "02140", "10115"] * 8
    found = table(tmp_path, cells)
    (note,) = (n for n in found.notes if n.option == "text_columns")
    assert note.sentence.startswith('"zone": 02139 is read as the number 2139.')
    wanted = ReadingOptions(text_columns=note.value)
    assert table(tmp_path, cells, wanted).frame["zone"].tolist() == cells
    assert not [
        n for n in table(tmp_path, ["01", "02", "12"] * 8).notes if n.option == "text_columns"
    ]
