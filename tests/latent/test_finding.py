"""Is a sample found by its row or its label?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.latent.finding import find
from tests.made import samples

FIVE = samples(
    "table",
    np.zeros((5, 1)),
    np.zeros((5, 1)),
    index=np.array([7, 1, 30, 4, 5]),
    label=np.array([1, 0, 1, 2, 3]),
    class_names=("Trouser", "1", "Shirt", "T-shirt"),
)


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("30", [2]),
        ("1", [1, 0, 2]),
        ("shirt", [3]),
        (" Tro", [1]),
        ("hirt", [3, 4]),
        ("30x", []),
        ("", []),
        ("-1", []),
        ("9" * 30, []),
        ("¹", []),
    ],
)
def test_rows_come_before_labels(text: str, positions: list[int]) -> None:
    """A whole label before parts of others; whatever is no number is no row."""
    assert find(FIVE, text).tolist() == positions


def test_without_labels_rows_are_found() -> None:
    """And nothing else."""
    bare = samples("table", [[1.0], [2.0]], [[1.0], [2.0]])

    assert find(bare, "1").tolist() == [1]
    assert find(bare, "a").tolist() == []
