"""Tables in Parquet: types are kept, and what is no table's is refused before it is read."""

import datetime as dt
import decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

from aecore.data.readers.parquet import SPEC, read
from aecore.errors import DataError


@pytest.fixture
def path(tmp_path):
    """Where a table may be written."""
    return tmp_path / "a.parquet"


def read_back(path, columns, names=None):
    """The frame read from a file of these Arrow arrays or lists, by name or with names."""
    whole = pa.table(columns, names=names)
    pq.write_table(whole, path)
    return read(path).frame


def test_spec_names_parquet_files():
    """A reader is chosen by this ending."""
    assert ".parquet" in SPEC.suffixes
    assert SPEC.read is read


@pytest.mark.parametrize("compression", ["snappy", "gzip", "zstd", None])
def test_a_frame_comes_back_as_it_was(path, compression):
    """Numbers, text, true and false, and moments, with and without missing values."""
    frame = pd.DataFrame(
        {
            "whole": np.array([1, 2, 3], np.int16),
            "real": [1.5, np.nan, -2],
            "small": np.array([1, 2, 3], np.float32),
            "true": [True, False, True],
            "maybe": pd.array([True, None, False], "boolean"),
            "moment": pd.to_datetime([dt.datetime(2024, 1, 2, 3, 4, 5), None, dt.date(2024, 1, 1)]),
            "zoned": pd.to_datetime(["2024-01-01"] * 3).tz_localize("Europe/Oslo"),
            "text": ["007", None, "<b>=1+1</b>"],
        }
    )
    frame.to_parquet(path, compression=compression)
    table = read(path)
    assert_frame_equal(table.frame, frame)
    assert table.roles == {}


def test_other_types_become_plain_ones(path):
    """Decimals and halves are numbers, dates are moments, categories are text or numbers."""
    frame = read_back(
        path,
        {
            "decimal": [decimal.Decimal("1.5")],
            "half": pa.array([2.5], pa.float16()),
            "date": [dt.date(2024, 1, 2)],
            "large": pa.array(["x"], pa.large_string()),
            "view": pa.array(["x"], pa.string_view()),
            "category": pa.array(["x"]).dictionary_encode(),
            "coded": pa.array([7]).dictionary_encode(),
        },
    )
    assert frame.iloc[0].tolist() == [1.5, 2.5, pd.Timestamp(2024, 1, 2), "x", "x", "x", 7]
    assert [frame[name].dtype.kind for name in ("decimal", "half", "date", "coded")] == [*"ffMi"]
    assert (frame.dtypes[["large", "view", "category"]] == "str").all()


def test_names_become_unique_text(path):
    """Repeated and empty names are told apart, and their values with them."""
    frame = read_back(path, [["u"], ["v"], [3]], ["a", "a", ""])
    assert frame.to_dict("list") == {"a": ["u"], "a (2)": ["v"], "column 3": [3]}


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ([[1, 2]], "list"),
        ([{"x": 1}], "struct"),
        (pa.array([[("x", 1)]], pa.map_(pa.string(), pa.int64())), "map"),
        ([b"x"], "binary"),
        ([dt.time(1)], "time64"),
        ([dt.timedelta(1)], "duration"),
    ],
)
def test_columns_that_are_no_tables_are_refused_by_name_and_type(path, column, kind):
    """Columns of one number each beside them do not help."""
    with pytest.raises(DataError, match=rf"nor moments: odd \({kind}.*Drop them"):
        read_back(path, {"good": [1], "odd": column})


def test_text_that_is_none_is_refused(path):
    """Bytes that are no UTF-8 would fail later, wherever they are first looked at."""
    starts, content = np.array([0, 1, 2], np.int32), b"\xff\xfe"
    buffers = [None, pa.py_buffer(starts), pa.py_buffer(content)]
    with pytest.raises(DataError, match=r"a\.parquet is damaged"):
        read_back(path, {"a": pa.Array.from_buffers(pa.string(), 2, buffers)})


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"a": [np.nan, None]}, "every cell is empty"),
        ({"a": [1.0, -np.inf]}, 'Column "a" of a.parquet holds infinite values'),
        ({"a": pa.array([], pa.int64())}, "has no rows, only names"),
        ({}, "holds no values"),
    ],
)
def test_tables_without_use_are_refused(path, columns, sentence):
    """Cells of nothing alone, one of infinity, and no rows each get a sentence."""
    with pytest.raises(DataError, match=sentence):
        read_back(path, columns)
