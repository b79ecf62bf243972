"""Digests: equal for equal content, and for no other."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.dataset import Dataset, Table
from aecore.data.profile.describing import describe
from tests.data.made import COLOURS, HOURS, NUMBERS, REVIEWS, ROWS

RANDOM = np.random.default_rng(0)

FRAME = pd.DataFrame(
    {
        "a": NUMBERS[:, 0],
        "n": np.arange(ROWS) * 2**54,
        "colour": COLOURS,
        "text": REVIEWS,
        "t": HOURS,
        "yes": COLOURS == "red",
    }
)
ARRAYS = {
    "x": NUMBERS,
    "y": np.arange(ROWS) % 2,
    "kind": "table",
    "class_names": ("p", "q"),
    "feature_names": ("a", "b", "c", "d"),
    "factors": {"f": NUMBERS[:, 3]},
}


def digest_of(frame):
    """What names the content of a table."""
    return describe(Table(frame), "x").digest


def test_equal_data_has_an_equal_digest():
    """Whatever its title, the type that holds its text, or the place in memory."""
    digest = describe(Table(FRAME), "one").digest
    assert len(digest) == 16
    assert int(digest, 16)
    other = FRAME.assign(colour=FRAME["colour"].astype("category"))[list(FRAME)]
    assert describe(Table(other.copy()), "two").digest == digest
    arrays = Dataset(**{**ARRAYS, "x": np.asfortranarray(NUMBERS)})
    assert describe(arrays, "one").digest == describe(Dataset(**ARRAYS), "two").digest


@pytest.mark.parametrize("row", [0, ROWS - 1])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("a", 0.25),
        ("a", np.nan),
        ("n", 2**60 + 1),
        ("colour", "pink"),
        ("colour", None),
        ("text", "Another sentence that is new."),
        ("t", HOURS[5] + pd.Timedelta(microseconds=1)),
    ],
)
def test_one_cell_changes_the_digest(column, value, row):
    """Of any type, also to missing."""
    changed = FRAME.copy()
    changed.loc[row, column] = value
    assert digest_of(changed) != digest_of(FRAME)


def test_names_and_order_change_the_digest():
    """Of columns and of rows."""
    others = [
        FRAME.rename(columns={"a": "b"}),
        FRAME[list(FRAME)[::-1]],
        FRAME.iloc[::-1].reset_index(drop=True),
        FRAME.iloc[:-1],
        FRAME.drop(columns="a"),
        FRAME.rename(columns={"a": "an", "n": ""}),
    ]
    assert len({digest_of(frame) for frame in [FRAME, *others]}) == 1 + len(others)


@pytest.mark.parametrize(
    "change",
    [
        {"x": NUMBERS + np.eye(ROWS, 4) * 1e-9},
        {"x": NUMBERS.astype(np.float32)},
        {"x": NUMBERS.reshape(ROWS, 2, 2), "feature_names": ("a", "b"), "kind": "series"},
        {"y": (np.arange(ROWS) + 1) % 2},
        {"y": None},
        {"class_names": ("p", "r")},
        {"feature_names": ("a", "b", "c", "e")},
        {"factors": {"g": NUMBERS[:, 3]}},
        {"factors": {"f": NUMBERS[:, 2]}},
    ],
)
def test_any_part_of_arrays_changes_the_digest(change):
    """One value, the type or shape, a label, a name."""
    changed = Dataset(**{**ARRAYS, **change})
    assert describe(changed, "x").digest != describe(Dataset(**ARRAYS), "x").digest
