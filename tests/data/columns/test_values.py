"""Values of columns: numbers, moments and texts, whatever the frame says of their type."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from aecore.data.columns.values import column_values


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024-01-02", "2024-01-13"),
        ("2024-01", "2024-02"),
        ("2024-01-02T10:00:00Z", "2024-01-13 10:00:00.5"),
        ("02.01.2024", "13.01.2024"),
        ("01/02/2024 10:00", "02/13/2024 10:00"),
        ("02/01/2024", "13/01/2024"),
        ("2 Jan 2024", "3 Feb 2024"),
        ("Jan 2, 2024", "Feb 3, 2024"),
    ],
)
def test_text_that_reads_as_dates_is_time(first, second):
    """In the order in which they are usually written, and what is no date is missing."""
    found = column_values(pd.Series([first, second] * 20 + [None], dtype=object))
    assert found.form == "time"
    assert found.values[0] < found.values[1]
    assert np.isnat(found.values[-1])


@pytest.mark.parametrize("text", ["10.0.0.1", "12-34-56", "a-1-2024", "2024", "part 7 of 12"])
def test_other_text_is_no_time(text):
    """Addresses, part numbers and years are not dates."""
    assert column_values(pd.Series([text] * 40)).form == "text"


@pytest.mark.parametrize(("wrong", "form"), [(5, "time"), (6, "text")])
def test_a_few_texts_among_dates_may_be_none(wrong, form):
    """Five in a hundred, no more."""
    values = [f"2024-01-{i % 28 + 1:02}" for i in range(100 - wrong)] + ["soon"] * wrong
    assert column_values(pd.Series(values)).form == form


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([1, None, 2.5], "number"),
        ([Decimal("1.5"), None], "number"),
        ([10**400, 1], "text"),
        ([1 + 2j, 3j], "text"),
        ([True, None], "text"),
        ([dt.date(2024, 1, 2), None], "time"),
        ([dt.datetime(2024, 1, 2, tzinfo=dt.UTC), None], "time"),
        ([1, "a", None], "text"),
        ([[1], {}], "text"),
    ],
)
def test_objects_of_python_are_what_they_hold(values, form):
    """Whatever the frame says of their type."""
    assert column_values(pd.Series(values, dtype=object)).form == form
