"""Row numbers as people write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.data.row_numbers import MOST_ROWS, numbers_of, text_of
from aecore.errors import DataError


@given(st.sets(st.integers(0, 2000)))
def test_what_is_written_is_read(numbers):
    """In order, each once; runs of numbers are written as ranges."""
    text = text_of(numbers)
    assert numbers_of(text).tolist() == sorted(numbers)


def test_forms_that_people_write():
    """Spaces, semicolons, an en dash, numbers twice, nothing at all."""
    assert numbers_of(" 4,17 ; 20 - 22,4,").tolist() == [4, 17, 20, 21, 22]
    assert numbers_of("1\u20133").tolist() == [1, 2, 3]
    assert numbers_of("").dtype == np.int64 and len(numbers_of(" ")) == 0
    assert text_of([5, 3, 4, 9]) == "3-5, 9"


@pytest.mark.parametrize("text", ["a", "1.5", "-1", "5-3", f"0-{MOST_ROWS}", "1 2", "٣x"])
def test_what_names_no_rows_is_refused(text):
    """With what to do."""
    with pytest.raises(DataError, match=r"Name rows such as|smaller number"):
        numbers_of(text)
