"""What is told of how a file was read, on its check sheet and to other programs."""

import json

import numpy as np
import pytest

from aecore.data.loading import describe_source
from aecore.data.options import DataSettings, PreparationOptions, Preprocessing
from aecore.data.profile.check_sheet import Sheet
from aecore.data.profile.telling import data_told, sheet_told
from aecore.data.reading_options import ReadingOptions

TEMPERATURES = np.random.default_rng(0).normal(15, 4, 200).round(2)


@pytest.fixture
def source(tmp_path):
    """A table with a row of units, a column without values, a word and ten sentinels."""
    cells = [f"{value}" for value in TEMPERATURES]
    cells[5] = "broken"
    cells[10:20] = ["-9999"] * 10
    lines = [f"{cell},{place % 7},,n{place}" for place, cell in enumerate(cells)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["t,n,empty,name", "degC,1,-,-", *lines, ""]))
    return str(path)


def about(sheet, kind):
    """The notes of one kind."""
    return [note for note in sheet.notes if note.about == kind]


def test_a_sheet_tells_what_was_left_out(source):
    """The row of units, the column, the cell, and the numbers that are likely none."""
    sheet = describe_source(source)
    assert (sheet.rows, sheet.rows_left_out) == (200, 1)
    assert [note.columns for note in about(sheet, "columns")] == [("empty",)]
    assert [(note.count, note.lines) for note in about(sheet, "cells")] == [(1, (8,))]
    [advice] = about(sheet, "advice")
    assert advice.sentence.startswith('"t" holds -9999 in 10 of 200 rows, far from all else')
    assert (advice.option, advice.value) == ("missing_numbers", [-9999.0])
    assert advice.action == "Count -9999 as missing"


def test_the_choice_makes_it_so(source):
    """Nothing is left to advise, and the range is that of the temperatures."""
    sheet = describe_source(source, ReadingOptions(missing_numbers=(-9999.0,)))
    assert not about(sheet, "advice")
    assert sheet.columns[0].missing == 11
    assert sheet.columns[0].low == TEMPERATURES[[*range(5), *range(6, 10), *range(20, 200)]].min()
    assert not any("robust" in sentence for sentence in sheet.advice)


def test_notes_survive_json(source):
    """As they do with a stored sheet."""
    sheet = describe_source(source)
    assert Sheet.from_dict(json.loads(json.dumps(sheet.to_dict()))) == sheet


def test_a_sheet_is_told_to_programs(source):
    """All its sentences are there, and plain data."""
    sheet = describe_source(source)
    told = json.loads(json.dumps(sheet_told(sheet)))
    assert (told["kind"], told["rows"], told["rows_left_out"]) == ("table", 200, 1)
    assert told["notes"] == [*(note.sentence for note in sheet.notes), *sheet.advice]
    assert [column["name"] for column in told["columns"]] == ["t", "n", "name"]


@pytest.mark.parametrize(
    ("data", "missing", "why"),
    [
        ({"rows": 50}, "median", "beyond the chosen number of rows"),
        ({}, "drop", "with a gap"),
        ({"classes": ("a",), "rows": 50}, "drop", "not of the chosen classes or with a gap or"),
    ],
)
def test_a_run_tells_what_it_does_not_take(source, data, missing, why):
    """Rows and columns, each with the reason, besides what the reader left out."""
    sheet = describe_source(source)
    settings = DataSettings(source=source, roles={"n": "ignore"}, **data)
    wanted = PreparationOptions(settings, Preprocessing(missing=missing), 0)
    told = data_told(sheet, wanted, 50)
    assert told["rows"] == 201
    assert [one["count"] for one in told["rows_left_out"]] == [1, 150]
    assert told["rows_left_out"][1]["why"].startswith(why)
    assert {one["name"]: one["why"] for one in told["columns_left_out"]} == {
        "empty": '"empty" holds no values and is left out.',
        "n": "ignored, as chosen",
        "name": "unique in each row",
    }
