"""Check sheets: plain data and back."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.data.columns.column import ROLES, Column
from aecore.data.profile.check_sheet import Sheet

FINITE = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.lists(st.text(), max_size=3).map(tuple)
COLUMNS = st.builds(
    Column,
    name=st.text(),
    type=st.sampled_from(["number", "category", "text", "time"]),
    role=st.sampled_from(ROLES),
    reason=st.text(),
    missing=st.integers(0),
    distinct=st.integers(0),
    low=st.none() | FINITE,
    high=st.none() | FINITE,
    categories=TEXTS,
    terms=st.integers(0),
    duplicate_of=st.text(),
    examples=TEXTS,
)
SHEETS = st.builds(
    Sheet,
    title=st.text(),
    rows=st.integers(0),
    kind=st.sampled_from(["image", "table", "series", "text"]),
    sample_shape=st.lists(st.integers(1), max_size=3).map(tuple),
    value_range=st.none() | st.tuples(FINITE, FINITE),
    bytes_of_grey=st.booleans(),
    columns=st.lists(COLUMNS, max_size=3).map(tuple),
    classes=st.lists(st.tuples(st.text(), st.integers(0)), max_size=3).map(tuple),
    factors=TEXTS,
    memory=st.integers(0),
    digest=st.text(),
    advice=TEXTS,
)


@given(SHEETS)
def test_a_sheet_comes_back_equal_through_json(sheet):
    """Whatever it holds; tuples are tuples again."""
    back = Sheet.from_dict(json.loads(json.dumps(sheet.to_dict())))
    assert back == sheet
    assert hash(back) == hash(sheet)


def test_a_table_has_columns():
    """Arrays have none."""
    sheet = Sheet("a", 1, "table")
    assert not sheet.is_table
    assert replace(sheet, columns=(Column("a", "number", "feature"),)).is_table


@pytest.mark.parametrize(
    ("distinct", "missing", "constant"), [(1, 0, True), (0, 0, True), (2, 0, False), (1, 1, False)]
)
def test_a_constant_column_has_one_value_in_all_rows(distinct, missing, constant):
    """A gap is a difference."""
    column = Column("a", "number", "feature", distinct=distinct, missing=missing)
    assert column.is_constant == constant


@pytest.mark.parametrize(
    "change",
    [
        {"columns": [{"name": "a"}]},
        {"columns": None},
        {"classes": [["a", "many"]]},
        {"colour": "red"},
        {"value_range": 3},
    ],
)
def test_what_is_no_sheet_is_refused(change):
    """With the errors that are told of."""
    with pytest.raises((TypeError, KeyError, ValueError)):
        Sheet.from_dict({**Sheet("a", 1, "table").to_dict(), **change})
