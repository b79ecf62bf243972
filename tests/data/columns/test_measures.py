"""Columns measured: their categories, and the words of texts."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.columns.measures import measure_column, spread
from aecore.data.columns.values import value_text

ROWS = 60
COLOURS = np.array(["red", "green", "blue"], dtype=object)[np.arange(ROWS) % 3]
REVIEWS = [f"The {colour} one was good, number {i}." for i, colour in enumerate(COLOURS)]


def measured(values):
    """The column of these values."""
    return measure_column("it", pd.Series(values)).column


@pytest.mark.parametrize(
    ("values", "categories"),
    [
        ([10, 9, 1], ("1", "9", "10")),
        ([10.0, 9.0, -0.0], ("0", "9", "10")),
        (["10", "9", "1"], ("1", "9", "10")),
        (["10", "9", "b"], ("10", "9", "b")),
        (["b", "B", "a"], ("B", "a", "b")),
        (["inf", "1", "nan"], ("1", "inf", "nan")),
        ([True, False, True], ("False", "True")),
        ([0.5, 1.5, 0.5], ()),
        ([np.inf, 1, np.inf], ()),
    ],
)
def test_categories_are_sorted(values, categories):
    """As text, or where all are numbers as numbers; numbers with a fraction are no classes."""
    assert measured(values * (ROWS // 3)).categories == categories


@pytest.mark.parametrize(
    "values", [[1, 2], [1.0, 2.0], [True, False], [1, "x"], [b"a", b"\xff"], ["\ud800", "b"]]
)
def test_categories_are_named_as_values_are(values):
    """Whatever the type of a column, each value's own text is among its categories."""
    column = pd.Series(values * (ROWS // 2), dtype=object)
    found = measured(column).categories
    assert set(column.map(value_text)) == set(found)
    assert all(text.encode("utf-8") for text in found)


def test_words_in_two_texts_are_counted():
    """As for TF-IDF: small words of English, and those of one text alone, do not count."""
    assert measured(REVIEWS).terms == len({"red", "green", "blue", "good", "number"})
    assert measured([f"what a day {i} was" for i in range(ROWS)]).terms == len({"day"})
    assert measured(COLOURS).terms == 0


def test_what_never_comes_again_is_no_category():
    """Neither whole numbers nor texts."""
    assert measured(np.arange(ROWS)[::-1]).categories == ()
    assert measured([f"v{i}" for i in range(ROWS)]).categories == ()
    assert len(measured([*range(ROWS - 1), 0]).categories) == ROWS - 1


def test_infinite_numbers_are_values():
    """They count as different and not as missing, and stay out of the range."""
    column = measured([np.inf, -np.inf, np.inf, 2.0, np.nan])
    assert (column.distinct, column.missing, column.low, column.high) == (3, 1, 2, 2)


def test_numbers_far_from_the_rest_are_counted():
    """Beyond 20 widths of the middle half from the median, on either side, and not up to there."""
    middle = [0.0, 0.0, 0.0, 1.0, 2.0, 2.0, 2.0]
    found = spread(np.array([*middle, -39.0, 41.0, -39.5, 41.5, np.inf, np.nan]))
    assert (found.low, found.high, found.distinct, found.whole) == (-39.5, 41.5, 7, False)
    assert found.far == 2
    assert spread(np.array([5.0] * 9 + [1e9])).far == 0
    assert spread(np.array([np.nan, -np.inf])) is None


def test_the_largest_numbers_have_no_far_neighbours():
    """Where the reach goes beyond what float32 holds, all lie inside, without a warning."""
    values = np.linspace(0.0, 3.4e38, 50, dtype=np.float32)
    assert spread(values).far == 0
