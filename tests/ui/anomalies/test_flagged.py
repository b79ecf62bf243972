"""Is what a browser sends as marks taken for what it is, and nothing else?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.anomalies.judging import judged
from tests.evaluation.anomalies.scored_table import scored
from ui.anomalies.flagged import MOST_LISTED, oddest_places, taken_marks

ROWS = np.array([3, 17, 40])


def test_marks_of_known_rows_are_taken() -> None:
    """With those that are taken away."""
    sent = {"3": "odd", "17": None, "40": "unsure"}

    assert taken_marks(sent, ROWS) == {3: "odd", 17: None, 40: "unsure"}


@pytest.mark.parametrize(
    "sent",
    [
        *(None, "odd", ["3"], {"4": "odd"}, {"3": "wild"}, {"3": 1}, {3: "odd"}),
        {str(row): "odd" for row in range(MOST_LISTED + 1)},
    ],
)
def test_anything_else_is_nothing(sent: object) -> None:
    """Other rows, other words, other shapes, and more than are listed."""
    assert taken_marks(sent, ROWS) == {}


def test_the_oddest_come_first() -> None:
    """Descending by score."""
    by = judged(scored(), "robust-error")

    assert (np.diff(by.scores[oddest_places(by)]) <= 0).all()
