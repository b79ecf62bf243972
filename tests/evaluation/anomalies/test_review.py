"""Are marks kept, counted and turned into thresholds and rows to train on?"""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.errors import DataError
from aecore.evaluation.anomalies.proportions import wilson
from aecore.evaluation.anomalies.review import (
    MARKS,
    Review,
    forced_in,
    left_out,
    next_to_review,
    progress,
    suggested_threshold,
)

ROWS = np.array([40, 7, 19, 3, 88])
SCORES = np.array([9.0, 8.0, 6.0, 5.0, 1.0])
REVIEW = Review({40: "odd", 7: "odd", 19: "normal", 3: "unsure"})


@given(st.dictionaries(st.integers(0, 10**9), st.sampled_from(MARKS), max_size=20))
def test_marks_survive_json(marks: dict[int, Any]) -> None:
    """As written and read."""
    kept = json.loads(json.dumps(Review(marks).to_plain()))

    assert Review.from_plain(kept) == Review(marks)


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        {},
        {"version": 2},
        {"version": 1, "odd": "7"},
        {"version": 1, "odd": [True]},
        {"version": 1, "odd": [-1]},
        {"version": 1, "odd": [1.5]},
        {"version": 1, "odd": [3], "normal": [3]},
        {"version": 1, "odd": list(range(100_001))},
    ],
)
def test_what_is_no_review_is_refused(plain: Any) -> None:
    """In a sentence."""
    with pytest.raises(DataError, match="cannot be read"):
        Review.from_plain(plain)


def test_a_mark_is_changed_and_taken_back() -> None:
    """The earlier review stays as it was."""
    changed = REVIEW.with_mark(19, "odd").with_mark(40, None).with_mark(88, "unsure")

    assert changed.rows("odd") == (7, 19)
    assert changed.rows("unsure") == (3, 88)
    assert REVIEW.marks[40] == "odd" and len(REVIEW.marks) == 4


def test_precision_is_of_reviewed_alarms() -> None:
    """Unsure ones and those below the threshold count neither way."""
    found = progress(REVIEW, ROWS, SCORES, 4.0)

    assert (found.reviewed, found.unsure, found.alarms) == (3, 1, 4)
    assert found.precision == wilson(2, 3)
    assert found.sentence.startswith("3 of 4 alarms are reviewed, 67% of them odd")
    assert progress(REVIEW, ROWS, SCORES, 7.0).precision == wilson(2, 2)


def test_before_any_mark() -> None:
    """No precision, no threshold, nothing to leave out; the oddest row comes first."""
    none = Review()
    found = progress(none, ROWS, SCORES, 4.0)

    assert math.isnan(found.precision.value)
    assert found.sentence == "None of 4 alarms is marked odd or normal yet."
    assert suggested_threshold(none, ROWS, SCORES) is None
    assert left_out(none) == forced_in(none) == ()
    assert next_to_review(none, ROWS, SCORES) == 0


def test_the_threshold_parts_odd_from_normal() -> None:
    """Midway between 8, odd, and 6, normal."""
    assert suggested_threshold(REVIEW, ROWS, SCORES) == 7.0


@given(st.integers(0, 2**31))
def test_no_threshold_contradicts_fewer_marks(seed: int) -> None:
    """Also where both kinds are mixed."""
    random = np.random.default_rng(seed)
    scores = random.integers(0, 8, 14) / 2.0
    marks = dict(enumerate(random.choice(["odd", "normal"], 14).tolist()))
    marks[0], marks[1] = "odd", "normal"

    def wrong(threshold: float) -> int:
        return sum((scores[i] >= threshold) != (mark == "odd") for i, mark in marks.items())

    found = suggested_threshold(Review(marks), np.arange(14), scores)

    assert found is not None
    assert all(wrong(found) <= wrong(t) for t in [*scores, scores.max() + 1])


def test_marks_of_one_kind_suggest_nothing() -> None:
    """All odd: alarms may well begin lower."""
    assert suggested_threshold(Review({40: "odd"}), ROWS, SCORES) is None


def test_rows_for_the_next_training() -> None:
    """Odd ones are left out, unsure ones where wished, normal ones forced in."""
    assert left_out(REVIEW) == (7, 40)
    assert left_out(REVIEW, unsure=True) == (3, 7, 40)
    assert forced_in(REVIEW) == (19,)


def test_the_next_row_is_the_oddest_without_a_mark() -> None:
    """None once all are marked; of equal scores the first."""
    assert next_to_review(REVIEW, ROWS, SCORES) == 4
    assert next_to_review(REVIEW, ROWS[:4], SCORES[:4]) is None
    assert next_to_review(Review(), ROWS, np.ones(5)) == 0
