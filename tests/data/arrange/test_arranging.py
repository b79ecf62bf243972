"""Tables arranged: one time of several columns, rows in its order, series side by side."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.arrange.arranging import arranged
from aecore.data.dataset import Table
from aecore.data.loading import load, sheet
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

ROWS = 60
RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(ROWS, 3)).round(6)
HOURS = pd.date_range("2024-01-30", periods=ROWS, freq="h")
SENSORS = ("temp", "press", "hum")
# Five sensors and twenty hours are a hundred rows.
LONG = pd.DataFrame(
    [
        (hour, sensor, round(np.sin(i + place), 6))
        for i, hour in enumerate(HOURS[:20])
        for place, sensor in enumerate(SENSORS)
    ],
    columns=["time", "sensor", "value"],
)


def table(frame, **options):
    """A frame, arranged in this way."""
    return arranged(Table(frame), ReadingOptions(**options))


def advised(found):
    """The sentences that are no guesses."""
    return [note.sentence for note in found.notes if note.about != "guess"]


def with_time(times, name="time"):
    """A frame of times and numbers."""
    return pd.DataFrame({name: times, "a": NUMBERS[: len(times), 0], "n": np.arange(len(times))})


def test_a_table_in_order_stays_as_it_is():
    """And nothing is said of it."""
    frame = with_time(HOURS)
    assert table(frame).frame is frame
    plain = pd.DataFrame(NUMBERS, columns=list("abc"))
    assert table(plain).frame is plain
    assert not table(frame).notes


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (np.arange(ROWS)[::-1], "the newest stood first"),
        (np.roll(np.arange(ROWS), 20), "1 row stood behind a later one"),
        (np.random.default_rng(1).permutation(ROWS), "rows stood behind a later one"),
    ],
)
@pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M", "%d.%m.%y %H:%M", "%m/%d/%Y %I:%M %p"])
def test_rows_of_a_stream_are_put_in_order(order, told, form):
    """It is told, and one option leaves them as they are."""
    frame = with_time(HOURS.strftime(form)).iloc[order]
    found = table(frame)
    assert found.frame["n"].tolist() == list(range(ROWS))
    note = next(note for note in found.notes if note.option == "row_order")
    assert told in note.sentence
    as_in_file = table(frame, row_order=note.value)
    assert as_in_file.frame["n"].tolist() == order.tolist()


def test_rows_in_no_order_are_sorted_if_it_is_wanted():
    """Birthdays are in none; the sentence says what sorting does."""
    days = HOURS[0] + pd.to_timedelta(RANDOM.permutation(ROWS * 50)[:ROWS], "D")
    found = table(with_time(days))
    assert found.frame["n"].tolist() == list(range(ROWS))
    (note,) = found.notes
    assert "no order" in note.sentence
    wanted = table(with_time(days), **{note.option: note.value})
    assert wanted.frame["time"].is_monotonic_increasing


def test_equal_and_missing_times_and_a_clock_set_back_are_told():
    """Rows stay where they are."""
    twice = with_time([*HOURS[:30], *HOURS[29:59]])
    assert advised(table(twice)) == [
        '1 row has the same "time" as the row before. No row is left out.'
    ]
    gap = with_time(HOURS.to_series().mask(np.arange(ROWS) == 7).reset_index(drop=True))
    assert advised(table(gap))[0].startswith('1 row has no "time".')
    halves = pd.date_range("2024-10-27", periods=ROWS, freq="30min").to_series()
    halves[6:] -= pd.Timedelta(hours=1)
    back = table(with_time(halves.to_list()))
    assert back.frame["n"].tolist() == list(range(ROWS))
    assert any("set back" in sentence for sentence in advised(back))


def test_missing_times_are_sorted_with_the_row_before():
    """The newest first, and one without a time."""
    times = HOURS.to_series().mask(np.arange(ROWS) == 7).reset_index(drop=True)
    found = table(with_time(times).iloc[::-1])
    order = found.frame["n"].tolist()
    assert order[-1] == ROWS - 1
    assert order[order.index(7) - 1] == 8


def test_dates_are_told_and_can_be_read_otherwise():
    """What stands first, the century, and cells that are none."""
    days = pd.date_range("2024-01-01", periods=12).strftime("%d/01/%y").to_list()
    found = table(pd.DataFrame({"day": days, "a": NUMBERS[:12, 0]}))
    assert str(found.frame["day"].iloc[1])[:10] == "2024-02-01"
    guesses = {n.option: n.value for n in found.notes if n.about == "guess"}
    assert guesses == {"date_order": "month", "two_digit_years": "2000"}
    (doubt,) = (n for n in found.notes if n.about == "advice")
    assert '"01/01/24" in "day" is read with the month first' in doubt.sentence
    frame = pd.DataFrame({"day": days, "a": NUMBERS[:12, 0]})
    other = table(frame, date_order=doubt.value, two_digit_years="1900")
    assert str(other.frame["day"].iloc[1])[:10] == "1924-01-02"
    assert not other.notes
    some = table(
        pd.DataFrame({"day": [*HOURS.strftime("%d.%m.%Y")[:-1], "soon"], "a": NUMBERS[:, 0]})
    )
    (cells,) = (n for n in some.notes if n.about == "cells")
    assert cells.sentence == (
        '1 cell of "day" is no date, such as "soon" in row 60: they count as missing.'
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"Date": HOURS.strftime("%d/%m/%Y"), "Time": HOURS.strftime("%H:%M:%S")},
        {"Uhrzeit": HOURS.strftime("%H:%M"), "Datum": HOURS.strftime("%d.%m.%Y")},
        {"dteday": HOURS.normalize(), "hr": HOURS.hour},
        {"year": HOURS.year, "month": HOURS.month, "day": HOURS.day, "hour": HOURS.hour},
        {"DATE": HOURS.strftime("%Y%m%d").astype(int), "TIME": HOURS.hour * 10_000},
    ],
)
def test_parts_of_a_time_are_joined(parts):
    """Which, is told; named in another way they stay apart."""
    frame = pd.DataFrame({**parts, "a": NUMBERS[:, 0]})
    if "TIME" in parts:
        found = table(frame, time_columns=["DATE", "TIME"])
    else:
        found = table(frame)
        (guess,) = (n for n in found.notes if n.option == "time_columns")
        assert set(guess.value) == set(parts)
    time = found.frame.columns[0]
    assert set(found.frame.columns) == {time, "a"}
    assert found.frame[time].tolist() == HOURS.tolist()
    alone = list(parts)[:1]
    apart = table(frame, time_columns=alone)
    assert set(apart.frame.columns) == set(frame.columns)
    assert apart.roles == {alone[0]: "time"}


def test_what_belongs_to_no_date_is_left_alone():
    """Hours that rise with no date, a year of make, a clock time far from two dates."""
    days = HOURS.normalize()
    frames = (
        {"year": RANDOM.integers(1990, 2020, ROWS), "month": 1 + np.arange(ROWS) % 12, "day": 1},
        {"born": HOURS[::-1], "hour": RANDOM.integers(0, 24, ROWS)},
        {"start": days, "a": 1.5, "end": days, "b": 1.5, "lap": ["1:30"] * ROWS},
    )
    for columns in frames:
        frame = pd.DataFrame({**columns, "z": NUMBERS[:, 0]})
        assert set(table(frame).frame.columns) == set(frame.columns)


@pytest.mark.parametrize("names", [["nowhen"], ["a", "n"], ["time", "a"]])
def test_columns_that_make_no_time_are_refused(names):
    """By their names."""
    with pytest.raises(DataError, match=names[-1] if len(names) == 1 else "make no time together"):
        table(with_time(HOURS), time_columns=names)


@pytest.mark.parametrize("shuffled", [False, True])
def test_series_below_each_other_are_set_side_by_side(shuffled):
    """A row for each time, whatever the order of the file."""
    frame = LONG.sample(frac=1, random_state=0) if shuffled else LONG
    found = table(frame)
    assert sorted(found.frame.columns) == sorted(["time", *SENSORS])
    assert found.frame["time"].tolist() == HOURS[:20].tolist()
    for sensor in SENSORS:
        wanted = LONG[LONG["sensor"] == sensor]["value"].tolist()
        assert found.frame[sensor].tolist() == wanted
    (note,) = found.notes
    assert "3 series stand below each other" in note.sentence
    kept = table(frame, **{note.option: note.value})
    assert len(kept.frame) == len(LONG)


def test_several_keys_and_values_name_channels():
    """Numbers have their key's name before them; what all share stands once, the rest is told."""
    frame = LONG.assign(
        site=LONG["sensor"].map({"temp": 4, "press": 4, "hum": 9}),
        meter=LONG["sensor"].map({"temp": 0, "press": 1, "hum": 0}),
        other=RANDOM.random(len(LONG)),
        weather=LONG["time"].dt.hour * 1.5,
        note=RANDOM.choice(["a", "b"], len(LONG)),
        height=LONG["sensor"].map({"temp": 1.5, "press": 2.5, "hum": 0.5}),
    ).drop(columns="sensor")
    found = table(frame)
    assert list(found.frame.columns) == [
        "time",
        "weather",
        *(
            f"{v} site {s}, meter {m}"
            for v in ("value", "other")
            for s, m in ((4, 0), (4, 1), (9, 0))
        ),
    ]
    assert any('"note", "height"' in sentence for sentence in advised(found))


def test_a_series_may_have_gaps():
    """Where it has no row at a time; rows without a time or key belong to none."""
    frame = LONG.drop(index=[4, 11])
    found = table(frame).frame
    assert found["press"].isna().tolist() == [i == 1 for i in range(20)]
    assert found["hum"].isna().tolist() == [i == 3 for i in range(20)]


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.assign(label=RANDOM.integers(0, 2, len(frame))),
        lambda frame: frame[frame["time"] < HOURS[9]],
        lambda frame: frame.sample(frac=0.7, random_state=0),
    ],
)
def test_what_may_not_be_meant_is_advised_alone(change):
    """Rows with labels of their own, few times, many gaps: one click spreads them still."""
    frame = change(LONG)
    found = table(frame)
    assert len(found.frame) == len(frame)
    note = next(n for n in found.notes if n.option == "long_format")
    assert "held out at random" in note.sentence
    assert len(table(frame, **{note.option: note.value}).frame) == frame["time"].nunique()


def test_times_that_come_again_without_a_key_are_no_series():
    """Asked to spread them, the answer is that nothing tells them apart."""
    frame = with_time(np.repeat(HOURS[:30], 2))
    assert table(frame).frame is frame
    (note,) = table(frame, long_format="spread").notes
    assert "No column tells series apart" in note.sentence


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_every_reader_of_tables_gives_arranged_ones(tmp_path, suffix):
    """With what the reader itself has to say, and the held-out rows are the latest."""
    path = tmp_path / f"a.{suffix}"
    frame = with_time(HOURS).iloc[::-1]
    write = {"csv": frame.to_csv, "parquet": frame.to_parquet, "xlsx": frame.to_excel}[suffix]
    write(path, index=False)
    found = sheet(str(path))
    assert found.kind == "series"
    assert any('sorted by "time"' in note.sentence for note in found.notes)
    assert load(str(path), AS_FOUND).frame["n"].tolist() == list(range(ROWS))
