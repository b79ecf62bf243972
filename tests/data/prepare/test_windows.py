"""Windows of a stream: how many there are, what is in them, and that no two parts share rows."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aecore.data.prepare import windows
from aecore.data.prepare.split import Split, part_sizes, split_rows

lengths = st.integers(1, 40)


@given(st.integers(1, 300), lengths, lengths)
@settings(deadline=None)
def test_windows_are_those_rows(rows, length, stride):
    """Window i is the rows from i · stride on, and the next one would not fit."""
    assume(rows >= length)
    values = np.arange(rows * 2).reshape(rows, 2)
    found = windows.windows(values, length, stride)
    assert len(found) == windows.window_count(rows, length, stride)
    for i, window in enumerate(found):
        np.testing.assert_array_equal(window, values[i * stride : i * stride + length])
    assert len(found) * stride + length > rows


@given(st.integers(60, 400), st.integers(2, 20), st.integers(1, 20), st.floats(0.05, 0.3))
@settings(deadline=None)
def test_parts_share_no_row(rows, length, stride, fraction):
    """No row of the stream is in windows of two parts."""
    count = windows.window_count(rows, length, stride)
    assume(count >= 30 + 4 * windows.overlap(length, stride))
    split = split_rows(
        count, None, validation_fraction=fraction, test_fraction=fraction, how="ordered", seed=0
    )
    split = windows.without_overlap(split, length, stride)

    def rows_of(part):
        return {row for i in part for row in range(i * stride, i * stride + length)}

    train, validation, test = map(rows_of, (split.train, split.validation, split.test))
    assert not train & validation and not validation & test and not train & test
    assert len(split.train)


@given(st.integers(0, 6), st.sampled_from((0.0, 0.1, 0.25)), st.sampled_from((0.0, 0.1, 0.25)))
@settings(deadline=None)
def test_the_sizes_that_a_form_tells_are_those_that_are_made(shared, one, other):
    """Each part with one behind it gives up the windows that reach into that."""
    for shares in ((one, other, 0.1), (other, 0.0, one), (0.2, one, other)):
        validation, calibration, test = shares
        split = split_rows(
            200,
            None,
            validation_fraction=validation,
            calibration_fraction=calibration,
            test_fraction=test,
            how="ordered",
            seed=0,
        )
        made = windows.without_overlap(split, shared + 1, 1)
        parts = (made.train, made.validation, made.calibration, made.test)
        assert part_sizes(200, *shares, overlap=shared) == tuple(map(len, parts))


@given(st.integers(40, 200), st.integers(2, 12), st.integers(1, 15), st.integers(0, 10))
@settings(deadline=None)
def test_windows_of_chosen_rows_alone(rows, length, stride, seed):
    """Every window without a refused row, and no other; parts of those share no row either."""
    random = np.random.default_rng(seed)
    allowed = random.random(rows) > 0.05
    found = windows.whole(allowed, length, stride)
    spans = [
        range(i * stride, i * stride + length)
        for i in range(windows.window_count(rows, length, stride))
    ]
    assert found.tolist() == [i for i, span in enumerate(spans) if allowed[list(span)].all()]
    assume(len(found) >= 4)
    inside = sorted({row for i in found for row in spans[i]})
    assert windows.rows_in(found, length, stride).tolist() == inside
    third = len(found) // 3
    split = windows.without_overlap(
        Split(found[: -2 * third], found[-2 * third : -third], found[-third:]), length, stride
    )
    train, validation, test = (
        {row for i in part for row in spans[i]}
        for part in (split.train, split.validation, split.test)
    )
    assert not train & validation and not validation & test and not train & test


def test_a_window_has_the_rarest_label_of_its_rows():
    """One anomalous row makes a window anomalous."""
    y = np.array([0] * 8 + [1] + [0] * 7)
    assert windows.rarest_labels(y, 4, 4).tolist() == [0, 0, 1, 0]
    assert windows.rarest_labels(1 - y, 4, 4).tolist() == [1, 1, 0, 1]


def test_too_short_a_stream_has_no_window():
    """Fewer rows than a window is long."""
    assert windows.window_count(3, 4, 1) == 0


@pytest.mark.parametrize(("length", "stride", "shared"), [(64, 16, 3), (10, 10, 0), (10, 3, 3)])
def test_overlap_at_a_border(length, stride, shared):
    """Windows that begin before a border and end after it."""
    assert windows.overlap(length, stride) == shared
