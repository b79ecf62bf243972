"""Times: numbers that stand for them, how they follow each other, and what makes a stream."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.columns.measures import measure_column
from aecore.data.columns.number_times import UNITS, time_unit
from aecore.data.columns.roles import propose
from aecore.data.columns.time_order import are_even, sorted_rows, time_order, unwrapped
from aecore.data.columns.times import order_beside

ROWS = 60
RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(ROWS, 3))
HOURS = pd.date_range("2024-01-30", periods=ROWS, freq="h")
EPOCH = HOURS.as_unit("s").astype(np.int64)


def with_time(name, values, **others):
    """What is proposed for a column beside one of numbers."""
    frame = pd.DataFrame({name: values, "a": NUMBERS[: len(values), 0], **others})
    return propose(frame, {})[0]


@pytest.mark.parametrize(
    ("name", "values", "unit"),
    [
        ("timestamp", EPOCH, "s"),
        ("v", EPOCH, "s"),
        ("timestamp", EPOCH * 1000 + 321, "ms"),
        ("UPDATE_TIME", EPOCH + 0.358829, "s"),
        ("t", EPOCH * 1_000_000, "us"),
        ("time", EPOCH * 1_000_000_000, "ns"),
        ("date", 45_321 + np.arange(ROWS) / 24, "excel"),
        ("x", HOURS.strftime("%Y%m%d%H%M%S").astype(np.int64), "yyyymmddhhmmss"),
        ("x", pd.date_range("2024-01-30", periods=ROWS).strftime("%Y%m%d").astype(int), "yyyymmdd"),
        ("month", [y * 100 + m for y in range(2001, 2006) for m in range(1, 13)], "yyyymm"),
    ],
)
def test_numbers_may_stand_for_times(name, values, unit):
    """They are read back to the second, rise, and make a stream; the reason says how they are."""
    column = with_time(name, values)
    assert time_unit(name, np.asarray(values, float)).name == unit
    assert column.role == "time"
    assert column.reason == f"{UNITS[unit].title}: times that rise from row to row: a stream"


def test_moments_of_numbers_are_those_of_the_calendar():
    """Each unit, once; what is no day of the calendar is none."""
    wanted = np.datetime64("2024-02-29T12:30:15", "s")
    seconds = wanted.astype(np.int64)
    numbers = {
        **{"s": seconds, "ms": seconds * 1e3, "us": seconds * 1e6, "ns": seconds * 1e9},
        **{"excel": 45_351 + 45_015 / 86_400, "yyyymmddhhmmss": 20240229123015},
    }
    for unit, number in numbers.items():
        assert UNITS[unit].moments(np.array([number], float)).astype("datetime64[s]") == [wanted]
    assert np.isnat(UNITS["yyyymmdd"].moments(np.array([20230229.0, np.nan, 20240101.5]))).all()


@pytest.mark.parametrize(
    ("name", "values", "role"),
    [
        ("Time (s)", np.arange(ROWS) * 0.02, "time"),
        ("time", np.arange(ROWS), "time"),
        ("Year", np.arange(ROWS) + 1950, "time"),
        ("timestamp", RANDOM.permutation(EPOCH), "ignore"),
        ("v", RANDOM.permutation(EPOCH), "feature"),
        ("width", np.arange(ROWS) * 0.02, "feature"),
        ("date", np.arange(ROWS) * 0.7, "time"),
        ("size", 45_321 + np.arange(ROWS) / 24, "feature"),
        ("year", RANDOM.integers(1950, 2020, ROWS), "feature"),
        ("time spent", np.arange(ROWS) * 0.02, "feature"),
        ("Time", np.arange(ROWS) // 2 * 1.5, "feature"),
    ],
)
def test_names_and_order_make_numbers_a_time(name, values, role):
    """Named and rising they are one; another word in the name makes them something else."""
    assert with_time(name, values).role == role


def test_what_may_be_a_time_is_said():
    """Of numbers named so that come again but never fall."""
    column = with_time("Time", np.arange(ROWS) // 2 * 1.5)
    assert column.reason == "may be the time: it never falls from row to row"


def test_few_equal_or_missing_times_make_no_other_table():
    """Of 60 rows three may come twice, or have none; a clock may be set back by an hour."""
    back = HOURS.to_series().reset_index(drop=True)
    back[30:] -= pd.Timedelta(hours=2)
    cases = {
        "twice": [*HOURS[:3], *HOURS[:57]],
        "none": [*HOURS[:57], None, None, None],
        "back": back,
    }
    found = {
        name: with_time("t", pd.Series(times).sort_values()).role for name, times in cases.items()
    }
    assert found == {"twice": "time", "none": "time", "back": "time"}
    assert with_time("t", back).role == "time"
    assert with_time("t", [*HOURS[:4], *HOURS[:56]]).role == "ignore"
    assert with_time("t", np.repeat(HOURS[: ROWS // 2], 2)).role == "ignore"


def test_too_few_rows_for_windows_are_rows_of_a_table():
    """In the order of their times."""
    column = with_time("t", HOURS[:11])
    assert (column.role, column.reason) == ("ignore", "times of too few rows for windows")
    assert order_beside([column]) is column
    assert with_time("t", HOURS[:12]).role == "time"


def test_times_beside_categories_order_rows_still():
    """No windows are made of them; times in no order say nothing."""
    colours = np.array(["red", "green", "blue"])[RANDOM.integers(0, 3, ROWS)]
    column = with_time("t", HOURS, colour=colours, b=NUMBERS[:, 1])
    assert column.role == "ignore"
    assert order_beside([column]) is column
    assert order_beside([with_time("t", RANDOM.permutation(HOURS), colour=colours)]) is None
    assert order_beside([with_time("t", HOURS)]) is None


def test_rows_are_sorted_by_time_and_keep_their_place_where_it_says_nothing():
    """Equal times stay in order, and a row without a time follows the one before it."""
    times = np.array([3.0, np.nan, 2.0, 2.0, 1.0])
    assert sorted_rows(times).tolist() == [4, 2, 3, 0, 1]
    assert sorted_rows(np.array([np.nan, np.nan])).tolist() == [0, 1]
    order = time_order(times)
    assert (order.missing, order.rising, order.equal, order.falling, order.deepest) == (
        1,
        0,
        1,
        2,
        1,
    )
    assert are_even(RANDOM.permutation(HOURS.to_numpy()))
    assert not are_even(NUMBERS[:, 0])


def test_clock_times_begin_anew_after_midnight():
    """Each is of the next day then; in no order they stay as they are."""
    clock = np.array([20, 21, 22, 23, 0, 12], dtype="datetime64[h]").astype("datetime64[us]")
    hours = unwrapped(np.tile(clock, 2)).astype("datetime64[h]").astype(int)
    assert hours.tolist() == [20, 21, 22, 23, 24, 36, 44, 45, 46, 47, 48, 60]
    mixed = clock[[1, 0, 3, 2, 5, 4]]
    assert np.array_equal(unwrapped(mixed), mixed)


def test_examples_of_clock_times_have_no_date():
    """There is none."""
    assert measure_column("t", pd.Series(["10:00", "11:30"])).column.examples == (
        "10:00:00",
        "11:30:00",
    )
