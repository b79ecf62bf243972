"""Wording: counted things, rounded numbers and errors beside others, as sentences write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore import wording


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "validation row", "1 validation row"),
        (1200, "row", "1,200 rows"),
        (0, "class", "0 classes"),
        (2, "category", "2 categories"),
        (3, "series", "3 series"),
        (2, "day", "2 days"),
        (4, "epoch", "4 epochs"),
    ],
)
def test_what_is_counted_stands_in_its_number(number: int, noun: str, said: str) -> None:
    """One row, two rows; classes, categories and series as English has them."""
    assert wording.counted(number, noun) == said


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_number_is_written_for_machines(value: float) -> None:
    """No 1.47e+03, nan or inf, whatever the number."""
    for said in (wording.rounded(value), wording.short(value)):
        assert not set("einaf") & set(said)


@pytest.mark.parametrize(
    ("value", "said"), [(32.0, "32"), (0.001, "0.001"), (1.5, "1.5"), (1470.0, "1,470"), (0.0, "0")]
)
def test_settings_have_no_zeros_that_say_nothing(value: float, said: str) -> None:
    """32 and not 32.0."""
    assert wording.short(value) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0.59, "41 % less error than PCA"),
        (1.25, "25 % more error than PCA"),
        (1.0, "the same error as PCA"),
        (2.24, "2.2 times the error of PCA"),
        (math.nan, ""),
    ],
)
def test_an_error_is_compared_in_words(ratio: float, said: str) -> None:
    """Less, more, equal, several times; nothing where there is no ratio."""
    assert wording.against(ratio, "PCA") == said
