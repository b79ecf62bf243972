"""Is no text of strangers left that a spreadsheet would run?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.data.formula_cells import BEGINNINGS, neutral, neutral_frame


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"]
)
def test_what_looks_like_a_formula_becomes_text(cell: str) -> None:
    """Whatever stands before it."""
    assert neutral(cell) == f"'{cell}"


@given(st.text())
def test_no_text_begins_a_formula_and_none_is_lost(cell: str) -> None:
    """At most an apostrophe is added."""
    found = neutral(cell)

    assert not found.lstrip(" ").startswith(BEGINNINGS)
    assert found.removeprefix("'") == cell or found == cell


def test_numbers_stay_numbers() -> None:
    """A negative one is no formula; a table as it was given is not changed."""
    frame = pd.DataFrame({"=x": [-1.5, 2.0], "name": ["-a", None]})

    found = neutral_frame(frame)

    assert list(found.columns) == ["'=x", "name"]
    assert np.array_equal(found["'=x"], [-1.5, 2.0]) and found["name"][0] == "'-a"
    assert pd.isna(found["name"][1])
    assert list(frame.columns) == ["=x", "name"] and frame["name"][0] == "-a"


def test_names_that_become_the_same_keep_their_columns() -> None:
    """One had the apostrophe already."""
    found = neutral_frame(pd.DataFrame([["=1", "b"]], columns=["=x", "'=x"]))

    assert found.to_numpy().tolist() == [["'=1", "b"]]
