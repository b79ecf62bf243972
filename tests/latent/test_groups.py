"""Do samples fall into the groups that were asked for?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.errors import LatentError
from aecore.latent.groups import (
    attributes,
    falls_in_two,
    halves,
    names_of_rows,
    rows_named,
)
from tests.made import series, texts

INDEX = np.array([3, 40, 7, 52, 41])


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=30, unique=True))
def test_halves_are_apart_and_equally_large(values: list[int]) -> None:
    """All of one lie below all of the other; only a middle value is in neither."""
    assert falls_in_two(np.array(values))
    below, above = halves(np.array(values))

    assert below.sum() == above.sum() == len(values) // 2
    assert max(np.array(values)[below]) < min(np.array(values)[above])


@pytest.mark.parametrize("values", [[1.0, 1, 1, 2], [5.0], [np.nan, np.nan], []])
def test_values_without_two_sides_are_refused(values: list[float]) -> None:
    """There is no direction from a group to nothing."""
    with pytest.raises(LatentError, match="two groups"):
        halves(np.array(values))
    assert not falls_in_two(np.array(values))


@pytest.mark.parametrize(
    ("text", "rows"),
    [("7", [7]), ("3, 52", [3, 52]), ("40-52", [40, 52, 41]), ("3 7;  40 – 41", [3, 40, 7, 41])],
)
def test_rows_are_found_by_their_number_in_the_data(text: str, rows: list[int]) -> None:
    """Single ones and ranges, whatever stands between them."""
    assert INDEX[rows_named(text, INDEX)].tolist() == rows


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "No rows"), (" , ", "No rows"), ("x", "'x' is no row"), ("8", "row 8"), ("-3", "no row")],
)
def test_what_names_no_row_is_refused(text: str, told: str) -> None:
    """With the part that is wrong."""
    with pytest.raises(LatentError, match=told):
        rows_named(text, INDEX)


@given(st.sets(st.integers(0, 60), min_size=1))
def test_rows_are_found_by_the_names_they_are_given(rows: set[int]) -> None:
    """No row too many, none too few."""
    index = np.arange(61)
    found = index[rows_named(names_of_rows(np.array(list(rows))), index)]
    assert set(found.tolist()) == rows


def test_rows_in_a_row_are_named_as_a_range() -> None:
    """Single ones stand for themselves."""
    assert names_of_rows(np.array([9, 3, 5, 4, 12, 11])) == "3-5, 9, 11-12"
    assert names_of_rows(np.array([], dtype=int)) == ""


def test_a_table_is_told_apart_by_its_columns_and_others_by_their_mean() -> None:
    """Each attribute holds one number a sample; factors of the data set come first."""
    table = dataclasses.replace(
        texts(6, 3), kind="table", feature_names=("a", "b", "c"), factors={"slant": np.arange(6.0)}
    )

    found = attributes(table)

    assert list(found) == ["slant", "a", "b", "c", "Reconstruction error"]
    np.testing.assert_array_equal(found["b"], table.original[:, 1])
    np.testing.assert_array_equal(found["Reconstruction error"], table.error)
    made = series(4, 30, 2)
    np.testing.assert_allclose(
        attributes(made)["Mean of its values"], made.original.mean(axis=(1, 2)), rtol=1e-5
    )
