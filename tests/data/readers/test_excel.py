"""Excel workbooks: the table on the first sheet with values, by the values that Excel keeps."""

import datetime as dt
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from aecore.data.readers.excel import SPEC, read
from aecore.data.reading_options import ReadingOptions
from aecore.errors import DataError
from tests.data.readers.crafted_tables import SHEET, workbook


@pytest.fixture
def path(tmp_path):
    """Where a workbook may be written."""
    return tmp_path / "a.xlsx"


def save(path, **sheets):
    """Write a workbook of these sheets, each of rows; those named hidden are."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name.startswith("hidden"):
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def frame_of(path, *rows):
    """The frame read from a workbook with one sheet of these rows."""
    return read(save(path, data=rows)).frame


def test_spec_names_workbooks_old_and_new():
    """Old ones are given to this reader too, which says what to do about them."""
    assert {".xlsx", ".xls"} <= set(SPEC.suffixes)
    assert SPEC.read is read


def test_a_frame_comes_back_as_it_was(path):
    """Numbers, text, true and false, and moments, with and without missing values."""
    frame = pd.DataFrame(
        {
            "whole": [1, 2, 3],
            "real": [0.1, np.nan, -2e-9],
            "true": [True, False, True],
            "moment": pd.to_datetime([dt.datetime(2024, 1, 2, 3, 4, 5), None, dt.date(2024, 1, 1)]),
            "text": ["x", None, "<b>x</b>"],
        }
    )
    frame.to_excel(path, index=False)
    table = read(path)
    assert_frame_equal(table.frame, frame)
    assert table.roles == {}


def test_rows_are_read_in_parts(path, monkeypatch):
    """Rows may grow longer further down, past the part that is read at once."""
    monkeypatch.setattr("aecore.data.readers.excel.ROWS_AT_ONCE", 2)
    frame = frame_of(path, ["a", "b"], [1, 2], [3, 4], [5, 6], [7, 8, 9])
    assert frame["a"].tolist() == [1, 3, 5, 7]
    assert frame["column 3"].dropna().tolist() == [9]


@pytest.mark.parametrize(
    ("rows", "names", "values"),
    [
        ([["a", "b"], [1, "x"]], ["a", "b"], [[1, "x"]]),
        ([[1, 2], [3, 4]], ["column 1", "column 2"], [[1, 2], [3, 4]]),
        ([["Report"], [], ["a", "b"], [1, "x"]], ["a", "b"], [[1, "x"]]),
        ([[], [None, None, "a", "b"], [None, None, 1, 2]], ["a", "b"], [[1, 2]]),
        ([["a", "a", None], [1, 2, 3]], ["a", "a (2)", "column 3"], [[1, 2, 3]]),
        ([["a"], [1], [], [2]], ["a"], [[1], [2]]),
        ([["a", "b"], [5, "#DIV/0!"], [6, 7]], ["a", "b"], [[5, None], [6, 7]]),
        ([["a", "b"], ["1", 2.5], [3, "?"]], ["a", "b"], [[1, 2.5], [3, None]]),
        ([["t", "b"], [dt.time(12, 30), 1]], ["t", "b"], [["12:30:00", 1]]),
        ([[None, "price"], ["x", 5]], ["column 1", "price"], [["x", 5]]),
        ([["b"]] * 30, ["b"], [["b"]] * 29),
        ([["<b>", "'=1+1"], [1, "x"]], ["<b>", "'=1+1"], [[1, "x"]]),
    ],
)
def test_the_table_on_a_sheet_is_found(path, rows, names, values):
    """Titles, empty rows and empty columns around it, missing markers and errors in it."""
    frame = frame_of(path, *rows)
    assert list(frame.columns) == names
    assert frame.astype(object).where(frame.notna(), None).to_numpy().tolist() == values


def test_the_first_sheet_in_sight_with_values_is_read(path):
    """Empty sheets come after it, and so do hidden ones, where Excel keeps lists."""
    table = [["a"], [1], [2]]
    other = [["b"], [5]]
    assert list(read(save(path, hidden=other, empty=[], data=table)).frame) == ["a"]
    assert list(read(save(path, empty=[], hidden=other)).frame) == ["b"]


def test_formulas_are_not_evaluated(path):
    """Without a value kept by Excel there is none, and the sentence says how to get one."""
    table = read(save(path, data=[["a", "b"], [1, "=A2+1"], [2, "=cmd|'/c calc'!A0"]]))
    assert table.frame.to_dict("list") == {"a": [1, 2]}
    [note] = [note for note in table.notes if note.about == "columns"]
    assert note.columns == ("b",)
    assert "holds no values and is left out. If it holds formulas, open it" in note.sentence


@pytest.mark.parametrize(
    ("part", "before", "more"),
    [
        (SHEET, b"</worksheet>", b'<extLst><ext uri="{1}"/></extLst>'),
        (
            "xl/workbook.xml",
            b"<definedNames",
            b'<externalReferences><externalReference xmlns:r="http://schemas.openxmlformats.org/'
            b'officeDocument/2006/relationships" r:id="rId99"/></externalReferences>',
        ),
    ],
)
def test_what_is_no_value_is_left_alone(path, part, before, more):
    """Extensions of Excel and links to other workbooks neither matter nor warn."""
    path.write_bytes(workbook(**{part: lambda old: old.replace(before, more + before)}))
    assert more in zipfile.ZipFile(path).read(part)
    assert read(path).frame.to_dict("list") == {"a": [1], "b": ["x"]}


def test_sheets_that_take_minutes_are_refused(path, monkeypatch):
    """Beyond a size, the sentence asks for CSV, which is read much quicker."""
    monkeypatch.setattr("aecore.data.readers.excel.MAX_PART_BYTES", 5_000)
    with pytest.raises(DataError, match=r"larger than 5,000 bytes.*CSV"):
        frame_of(path, ["a"], *([i] for i in range(1_000)))


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        ({"data": []}, "no values on any sheet"),
        ({"data": [["a", "b"]]}, "has no rows, only names"),
        ({"data": [["a", "b"], ["?", "NA"]]}, "every cell is empty"),
    ],
)
def test_sheets_without_use_are_refused(path, sheets, sentence):
    """No values and no rows each get a sentence."""
    with pytest.raises(DataError, match=sentence):
        read(save(path, **sheets))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", r"old Excel workbook.*Save it as .xlsx without"),
        (b"PK\x05\x06" + b"\0" * 18, "an empty ZIP archive"),
        (b"a,b\n1,2\n", "is no Excel workbook"),
        (b"", "is empty"),
    ],
)
def test_files_that_are_no_workbooks_are_refused(path, content, sentence):
    """Each with what it is and how to save it."""
    path.write_bytes(content)
    with pytest.raises(DataError, match=sentence):
        read(path)


def told(table, about):
    """The sentences of one kind."""
    return [note.sentence for note in table.notes if note.about == about]


NUMBERS = [[i + 0.5, i * 3 % 7] for i in range(12)]


def test_one_sheet_is_read_and_the_others_are_named(path):
    """The first that holds a table; a note and a list of words are none."""
    notes, data = [["This workbook", "holds a table"], ["see", "data"]], [["a", "b"], *NUMBERS]
    save(path, notes=notes, data=data, more=[["c"], [1], [2]])
    table = read(path)
    assert list(table.frame) == ["a", "b"]
    assert told(table, "files") == ['The sheet "data" is read; "notes", "more" are left out.']
    assert list(read(path, ReadingOptions(sheet="more")).frame) == ["c"]
    with pytest.raises(DataError, match=r"There is no sheet named x\. The sheets are notes, data"):
        read(path, ReadingOptions(sheet="x"))


def test_headings_of_groups_stand_above_all_their_columns(path):
    """As merged cells keep them, with a row of units below."""
    heads = [["id", "inlet", None, "outlet"], [None, "temp", "press", "temp"]]
    units = [None, "°C", "bar", "°C"]
    rows = [[f"s{i}", *row, i] for i, row in enumerate(NUMBERS)]
    table = read(save(path, data=[*heads, units, *rows]))
    assert list(table.frame) == ["id", "inlet temp", "inlet press", "outlet temp"]
    assert len(table.frame) == 12
    assert told(table, "rows") == [
        "Row 3, below the heading, holds no values (°C, bar, °C): left out."
    ]


def test_what_stands_around_a_table_is_left_out_and_told(path):
    """Titles above, a total and a note below, each by its row."""
    rows = [["Report"], ["of", "May"], [], ["a", "b"], *NUMBERS, ["Total", 40], [], ["Source: own"]]
    table = read(save(path, data=rows))
    assert table.frame.to_numpy().tolist() == NUMBERS
    above = [note for note in table.notes if note.option == "skipped_lines"]
    assert [note.value for note in above] == [2]
    assert told(table, "rows") == [
        'A note, "Source: own" (row 19): left out.',
        'A total, "Total, 40" (row 17): left out.',
    ]


def test_cells_merged_down_a_column_have_the_value_of_the_first(path):
    """The file keeps it once."""
    book = openpyxl.Workbook()
    for row in [["region", "a"], *([("North", "South")[i // 6], i] for i in range(12))]:
        book.active.append(row)
    for first in (2, 8):
        book.active.merge_cells(start_row=first, end_row=first + 5, start_column=1, end_column=1)
    book.save(path)
    table = read(path)
    assert table.frame["region"].tolist() == ["North"] * 6 + ["South"] * 6
    assert "10 cells have the value of the cell above, as merged cells do." in told(table, "guess")


def test_numbers_kept_as_text_are_numbers(path):
    """With decimal commas, too; and a word among them is a gap, told with its row."""
    rows = [[f"{i},5", i] for i in range(12)]
    rows[4][0] = "broken"
    table = read(save(path, data=[["a", "b"], *rows]))
    assert table.frame["a"].isna().sum() == 1
    assert table.frame["a"].max() == 11.5
    assert told(table, "cells") == [
        '"a": 1 of 12 cells holds no number ("broken") (row 6) and counts as missing.'
    ]


def test_a_sheet_beyond_the_limit_is_refused(path, limit):
    """As soon as one of its rows is."""
    limit("COLUMNS", 50)
    save(path, data=[["a"] * 51, [1] * 51])
    with pytest.raises(DataError, match=r"Sheet data of a\.xlsx has 51 columns"):
        read(path)


def test_a_formatted_cell_far_to_the_right_is_no_column(path):
    """Excel keeps where a user once coloured a cell, in the last column there is."""
    book = openpyxl.Workbook()
    for row in (("a", "b"), (1, 2), (3, 4)):
        book.active.append(row)
    book.active["XFD2"].font = openpyxl.styles.Font(bold=True)
    book.save(path)
    assert read(path).frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}
