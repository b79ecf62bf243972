"""Leaks and steps: features that hold the answer, and months that are even."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.profile.steps import steps_of
from tests.data.made import NUMBERS, ROWS, only, table

LABEL = np.where(np.arange(ROWS) % 4 == 0, "anomaly", "normal")
SCORE = np.where(LABEL == "anomaly", 0.9, 0.05) + NUMBERS[:, 2] / 100


def told(sheet):
    """What is advised on leaks."""
    return [sentence for sentence in sheet.advice if "without anything else" in sentence]


def test_a_feature_that_holds_the_answer_is_advised():
    """A score by its range, a finer category by its values."""
    finer = np.where(LABEL == "anomaly", "spike", np.where(np.arange(ROWS) % 2, "day", "night"))
    assert told(table(score=SCORE, finer=finer, is_anomaly=LABEL)) == [
        '"score" and "finer" tell the classes of "is_anomaly" without anything else: ignore what '
        "holds the answer, if they were made from the label."
    ]
    parts = {f"as_{name}": (name == LABEL).astype(int) for name in ("anomaly", "normal")}
    assert not told(table(**parts, is_anomaly=LABEL)), "what is equal to the label is ignored"


@pytest.mark.parametrize(
    "columns",
    [
        {"score": SCORE + NUMBERS[:, 3], "is_anomaly": LABEL},
        {"score": np.where(np.arange(ROWS) == 0, np.nan, SCORE), "is_anomaly": LABEL},
        {"score": SCORE, "is_anomaly": np.where(np.arange(ROWS) < 4, "anomaly", "normal")},
        {"score": SCORE},
    ],
)
def test_others_hold_no_answer(columns):
    """Where ranges meet, values are missing, a class is small, or there is no label."""
    assert not told(table(**columns))


def test_one_category_in_several_columns_holds_the_answer():
    """Together they tell each class of which they are parts."""
    code = np.arange(ROWS) % 4
    parts = {f"kind_{i}": (code == i).astype(int) for i in range(4)}
    sheet = table(**parts, is_ill=code > 1)
    assert told(sheet)[0].startswith('"kind_0", "kind_1", "kind_2" and 1 more tell the classes')


def test_classes_that_differ_in_capitals_are_told():
    """They may be one."""
    sheet = table(label=np.array(["Cat", "cat", "dog"])[np.arange(ROWS) % 3])
    assert sheet.advice == (
        'Classes "Cat" and "cat" differ in capitals or spaces alone: write them alike, if they are '
        "one class.",
    )


def test_doubtful_roles_are_told_together():
    """With what they may be."""
    sheet = table(
        mode=LABEL, colour=np.array(["red", "blue", "green"])[np.arange(ROWS) % 3], c=SCORE
    )
    assert 'Check the role of "mode": may be the label, by its name.' in sheet.advice


@pytest.mark.parametrize(
    ("times", "words", "others"),
    [
        (pd.date_range("2024-01-01", periods=24, freq="MS"), "1 month", 0),
        (pd.date_range("2024-01-01", periods=9, freq="QS"), "3 months", 0),
        (pd.date_range("2001-01-01", periods=9, freq="YS"), "1 year", 0),
        (pd.date_range("2024-01-01", periods=24, freq="MS").delete(4), "1 month", 1),
        (pd.date_range("2024-01-01", periods=24, freq="36h"), "1.5 days", 0),
        (pd.date_range("2024-01-01", periods=24, freq="7D"), "1 week", 0),
        ([20240130, 20240131, 20240201, 20240203], "1 day", 1),
        ([0.0, 0.5, 1.0, 2.0], "0.5", 1),
    ],
)
def test_steps_are_told_in_the_largest_unit(times, words, others):
    """Months and years are even, and numbers are what they stand for."""
    found = steps_of(pd.Series(times, name="v"))
    assert (found.in_words, found.others) == (words, others)


def test_rows_in_the_order_of_a_time_beside_others_are_told():
    """They are no stream, and the last are held out."""
    days = pd.date_range("2024-01-01", periods=ROWS)
    colour = np.array(["red", "blue"])[np.arange(ROWS) // 3 % 2]
    sheet = only(t=days, colour=colour, a=NUMBERS[:, 0])
    assert any(sentence.startswith('Rows lie in the order of "t"') for sentence in sheet.advice)
