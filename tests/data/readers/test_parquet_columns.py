"""Columns of Parquet: row labels, text that is numbers, and columns of nothing, each told."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aecore.data.loading import describe_source
from aecore.data.readers.parquet import read
from aecore.data.reading_options import ReadingOptions

ROWS = 60
HOURS = pd.date_range("2024-01-01", periods=ROWS, freq="h")
NUMBERS = np.random.default_rng(0).normal(size=(ROWS, 3)).round(3)


@pytest.fixture
def path(tmp_path):
    """Where a table may be written."""
    return tmp_path / "a.parquet"


def sentences(table):
    """What its reader told."""
    return " ".join(note.sentence for note in table.notes)


@pytest.mark.parametrize(("index", "name"), [(HOURS, "index"), (HOURS.rename("when"), "when")])
def test_a_time_index_makes_a_stream(path, index, name):
    """Whether pandas gave the row labels a name or not; it is the first column."""
    pd.DataFrame(NUMBERS, index, columns=["a", "b", "c"]).to_parquet(path)
    sheet = describe_source(str(path))
    assert (sheet.kind, sheet.columns[0].name, sheet.columns[0].role) == ("series", name, "time")
    assert {column.role for column in sheet.columns[1:]} == {"feature"}


def test_row_labels_are_columns_where_they_say_something(path):
    """Names of rows are a column; whole numbers without a name only number the rows, as told."""
    frame = pd.DataFrame({"a": [1, 2], "index": [3, 4]}, index=[5, 3])
    frame.to_parquet(path)
    table = read(path)
    assert list(table.frame.columns) == ["a", "index"]
    assert "number the rows, are left out" in sentences(table)
    frame.rename_axis("city").to_parquet(path)
    assert list(read(path).frame.columns) == ["city", "a", "index"]
    frame.set_axis(["x", "y"]).to_parquet(path)
    table = read(path)
    assert table.frame["index (2)"].tolist() == ["x", "y"]
    assert table.frame["index"].tolist() == [3, 4]
    assert sentences(table) == ""


def test_several_levels_of_row_labels_are_as_many_columns(path):
    """Those with a name and those without, before all others."""
    index = pd.MultiIndex.from_product([["north", "south"], HOURS[:2]], names=["site", None])
    pd.DataFrame({"a": range(4)}, index).to_parquet(path)
    assert list(read(path).frame.columns) == ["site", "index", "a"]


def test_text_that_is_numbers_is_read_as_numbers(path):
    """With points, commas and gaps, in text of any type; told with an example and its row."""
    points = [f"{value:.3f}" for value in NUMBERS[:, 0]]
    commas = pa.array([f"{value:.3f}".replace(".", ",") for value in NUMBERS[:, 1]])
    wholes = pa.array([*map(str, range(ROWS - 2)), "err", None], pa.large_string())
    pq.write_table(
        pa.table({"p": points, "c": commas.dictionary_encode(), "w": wholes, "n": [1.5] * ROWS}),
        path,
    )
    table = read(path)
    assert table.frame["p"].tolist() == pytest.approx(NUMBERS[:, 0])
    assert table.frame["c"].tolist() == pytest.approx(NUMBERS[:, 1])
    assert table.frame["w"].isna().tolist() == [False] * (ROWS - 2) + [True] * 2
    told = sentences(table)
    assert '"p", "c" and "w" are stored as text' in told
    assert '"err"' in told and f"row {ROWS - 1}" in told


@pytest.mark.parametrize(
    "texts",
    [
        ["02139", "00501", "10001"] * 4,
        ["12345678901234567890", "1", "2"] * 4,
        ["9007199254740993", "1", "2"] * 4,
        ["1", "two", "three"] * 4,
        ["true", "false"] * 6,
        ["NA", "DE", "FR"] * 4,
    ],
)
def test_text_that_names_something_stays_text(path, texts):
    """Places, long ids, words and countries are what their type says."""
    pq.write_table(pa.table({"a": texts, "b": range(12)}), path)
    table = read(path)
    assert table.frame["a"].tolist() == texts
    assert table.notes == ()


def test_each_reading_of_text_can_be_overruled(path):
    """As text, with another decimal mark, and with words and numbers for missing values."""
    pq.write_table(pa.table({"a": ["1.234", "5.678"] * 30, "b": [3, -1] * 30}), path)

    def column(name, **options):
        return read(path, ReadingOptions(**options)).frame[name].iloc[:2].tolist()

    assert column("a") == [1.234, 5.678]
    assert column("a", decimal="comma") == [1234, 5678]
    assert column("a", text_columns=("a",)) == ["1.234", "5.678"]
    assert pd.isna(column("a", missing_words=("5.678",))[1])
    assert pd.isna(column("b", missing_numbers=(-1.0,))[1])


def test_a_column_of_nothing_is_left_out_and_told(path):
    """Of no type, or of numbers none of which is there."""
    pq.write_table(pa.table({"a": pa.nulls(2), "b": [1.0, 2], "c": [np.nan, np.nan]}), path)
    table = read(path)
    assert list(table.frame.columns) == ["b"]
    assert '"a", "c" hold no values and are left out' in sentences(table)
