"""Tables of random dialects: what is written is what is read, or refused, or told to be unsure."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from aecore.data.readers.csv import read
from aecore.errors import DataError
from tests.data.readers.dialects import Dialect, dialects, tables, written

FEW, MANY = 200, 2000


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Where many tables may be written in turn."""
    return tmp_path_factory.mktemp("dialects") / "a.csv"


def told_unsure(table):
    """Whether a note asks what stands between values or before tenths."""
    asked = ("decimal", "separator")
    return any(note.about == "advice" and note.option in asked for note in table.notes)


def assert_same(read_frame, frame):
    """Names, numbers to the last digit, words and moments, each missing where it was."""
    assert list(read_frame.columns) == list(frame.columns)
    assert len(read_frame) == len(frame)
    for name in frame:
        found, wanted = read_frame[name], frame[name]
        if wanted.dtype.kind == "f":
            assert found.dtype.kind in "if", name
            assert np.array_equal(found.astype(float), wanted, equal_nan=True), name
        else:
            assert found.tolist() == wanted.tolist(), name


def check(path, frame: pd.DataFrame, how: Dialect):
    """Write, read and compare a table; a refusal must name a cause that a user can see."""
    if not how.heading:
        frame = frame.set_axis([f"column {i}" for i in range(1, frame.shape[1] + 1)], axis=1)
    path.write_bytes(written(frame, how))
    try:
        table = read(path)
    except DataError as error:
        assert "damaged" not in error.cause
        return "refused"
    if told_unsure(table):
        return "unsure"
    assert_same(table.frame, frame)
    return "equal"


@settings(max_examples=FEW)
@given(frame=tables(), how=dialects())
def test_what_is_written_is_read_or_asked_about(path, frame, how):
    """Of 200 dialects, each a mixture of signs, quotes, rows besides the samples and encodings."""
    check(path, frame, how)


@pytest.mark.slow
@settings(max_examples=MANY, suppress_health_check=list(HealthCheck))
@given(frame=tables(), how=dialects())
def test_many_more_dialects_are_read_or_asked_about(path, frame, how):
    """Of 2,000 dialects."""
    check(path, frame, how)


def test_most_dialects_are_read(path):
    """Refusing or asking would be no answer to all of them."""
    outcomes = []

    @settings(max_examples=100)
    @given(frame=tables(), how=dialects())
    def count(frame, how):
        outcomes.append(check(path, frame, how))

    count()
    assert outcomes.count("equal") > 0.95 * len(outcomes)
