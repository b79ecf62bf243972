"""Are columns of categories found again among the features of a sample?"""

from __future__ import annotations

import numpy as np

from aecore.data.columns.hot_columns import category_of, source_columns

NAMES = ("age", "smoker = yes", "smoker = no", "ratio = a", "ratio = b", "dog = 1 = x")


def test_zeros_and_ones_of_one_name_are_a_column() -> None:
    """Numbers whose names look alike stay apart, and so does a single column."""
    x = np.array([[3.0, 1, 0, 0.2, 1, 1], [0.5, 0, 1, 0.7, 0, 0], [1.0, 0, 0, 0.1, 0, 0]])

    assert list(source_columns(NAMES, x)) == [
        ("age", (0,)),
        ("smoker", (1, 2)),
        ("ratio = a", (3,)),
        ("ratio = b", (4,)),
        ("dog = 1 = x", (5,)),
    ]


def test_a_category_may_hold_the_sign_itself() -> None:
    """All behind the first one is its name."""
    assert category_of("dog = 1 = x") == "1 = x"
