"""Folders named as keys, such as `year=2024`: each key is a column of the table in them."""

import os

import numpy as np
import pandas as pd
import pytest

from aecore.data.loading import describe_source, load
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.data.shard_files import changed
from aecore.data.shards import read
from aecore.errors import DataError

ROWS = 120


def frame(rows=ROWS):
    """Three numbers, one of them written as text, and a category."""
    x = np.random.default_rng(0).normal(size=(rows, 3)).round(3)
    return pd.DataFrame(
        {
            "a": x[:, 0],
            "b": x[:, 1],
            "c": [f"{value:.3f}".replace(".", ",") for value in x[:, 2]],
            "colour": np.array(["red", "green"], object)[np.arange(rows) % 2],
        }
    )


def write(folder, key_folders, whole=None):
    """The rows in equal parts, one a folder."""
    whole = frame() if whole is None else whole
    share = len(whole) // len(key_folders)
    for place, name in enumerate(key_folders):
        (folder / name).mkdir(parents=True)
        part = whole.iloc[place * share : (place + 1) * share]
        part.to_parquet(folder / name / "part-0.parquet", index=False)
    return str(folder)


def rows_of(source, reading=AS_FOUND):
    """All rows, read piece by piece."""
    opened = load(source, reading)
    pieces = [piece for group in opened.groups for piece in read(group, opened.names, 17)]
    return pd.concat(pieces)


def test_keys_of_one_or_several_levels_are_columns(tmp_path):
    """Whole numbers are numbers, text is text, and the rows keep the order of their folders."""
    source = write(
        tmp_path / "t", [f"year={y}/site={s}" for y in (2023, 2024) for s in ("n", "s%2Fw")]
    )
    sheet = describe_source(source)
    columns = {column.name: column for column in sheet.columns}
    assert [*columns] == ["year", "site", "a", "b", "c", "colour"]
    assert (columns["year"].low, columns["year"].high) == (2023, 2024)
    assert columns["site"].categories == ("n", "s/w")
    assert any("year=2023/site=n" in note.sentence for note in sheet.notes)
    whole = rows_of(source)
    assert whole["year"].tolist() == [2023] * (ROWS // 2) + [2024] * (ROWS // 2)
    assert whole["site"].tolist() == (["n"] * (ROWS // 4) + ["s/w"] * (ROWS // 4)) * 2
    assert whole["a"].tolist() == frame()["a"].tolist()


@pytest.mark.parametrize(
    ("folders", "values"),
    [
        (["k=1", "k=__HIVE_DEFAULT_PARTITION__"], [1, None]),
        (["k=001", "k=002"], ["001", "002"]),
        (["k=2024-01-01", "k=2024-01-02"], ["2024-01-01", "2024-01-02"]),
        (["k=A", "k=7"], ["7", "A"]),
    ],
)
def test_values_of_keys(tmp_path, folders, values):
    """Without a value they are missing; what names something, or is no number, stays text."""
    found = rows_of(write(tmp_path / "t", folders))["k"].iloc[[0, -1]].tolist()
    assert [None if pd.isna(value) else value for value in found] == values


def test_a_key_that_the_files_hold_too_is_read_from_them(tmp_path):
    """Some programs write it in both places."""
    source = write(tmp_path / "t", ["colour=x", "colour=y"])
    assert set(rows_of(source)["colour"]) == {"red", "green"}


def test_what_is_left_out_of_a_folder_is_told(tmp_path):
    """A note and another folder, but none of the files that Spark keeps for itself."""
    source = write(tmp_path / "t", ["k=1", "k=2"])
    (tmp_path / "t" / "readme.txt").write_text("x")
    (tmp_path / "t" / "_SUCCESS").write_text("")
    (tmp_path / "t" / "k=2" / "old").mkdir()
    [told] = [note for note in load(source).notes if note.about == "files"]
    assert told.count == 2
    assert "old, readme.txt in the folder are no Parquet files" in told.sentence


def test_folders_of_different_keys_are_refused(tmp_path):
    """A file beside the folders, and a folder of another key."""
    write(tmp_path / "a", ["k=1", "j=2"])
    with pytest.raises(DataError, match=r"in folders named k=.* in folders named j="):
        load(str(tmp_path / "a"))
    write(tmp_path / "b", ["k=1", "k=2"])
    frame().to_parquet(tmp_path / "b" / "z.parquet")
    with pytest.raises(DataError, match="in folders named otherwise"):
        load(str(tmp_path / "b"))


def test_a_changed_file_deep_inside_is_seen_and_keys_are_part_of_the_content(tmp_path):
    """By its time, and by the digest of the check sheet."""
    source = write(tmp_path / "t", ["k=1/j=1", "k=1/j=2"])
    before, digest = changed(tmp_path / "t"), describe_source(source).digest
    os.utime(tmp_path / "t" / "k=1" / "j=2" / "part-0.parquet", ns=(1, 1))
    assert changed(tmp_path / "t") != before
    (tmp_path / "t" / "k=1" / "j=2").rename(tmp_path / "t" / "k=1" / "j=3")
    assert describe_source(source).digest != digest


def test_files_that_say_numbers_differently_are_one_table(tmp_path):
    """Whole numbers, or others where one is missing, and columns in another order."""
    whole = frame()
    first, second = whole.iloc[:60].assign(n=1), whole.iloc[60:].assign(n=[None, *[2.0] * 59])
    (tmp_path / "t").mkdir()
    first.to_parquet(tmp_path / "t" / "0.parquet", index=False)
    second[[*reversed(second.columns)]].to_parquet(tmp_path / "t" / "1.parquet", index=False)
    found = rows_of(str(tmp_path / "t"))
    assert found["n"].isna().sum() == 1
    assert found["colour"].tolist() == whole["colour"].tolist()


def test_text_that_is_numbers_is_read_so_in_every_part(tmp_path):
    """As in a file that is read at once; a word that the sample did not show is refused by name."""
    source = write(tmp_path / "t", ["k=1", "k=2"])
    column = next(c for c in describe_source(source).columns if c.name == "c")
    assert (column.type, column.role) == ("number", "feature")
    numbers = [float(text.replace(",", ".")) for text in frame()["c"]]
    assert rows_of(source)["c"].tolist() == pytest.approx(numbers)
    assert rows_of(source, ReadingOptions(text_columns=("c",)))["c"].tolist() == [*frame()["c"]]


def test_a_word_in_a_column_of_numbers_that_no_sample_showed_is_refused(tmp_path, monkeypatch):
    """By its column, its file and the word; as a word for missing values it is a gap."""
    monkeypatch.setattr("aecore.data.shards.SAMPLE_ROWS", 10)
    whole = frame()
    whole.loc[ROWS - 1, "c"] = "defect"
    source = write(tmp_path / "t", ["k=1", "k=2"], whole)
    with pytest.raises(DataError, match=r'"c" is one of numbers .* part-0\.parquet has "defect"'):
        rows_of(source)
    assert rows_of(source, ReadingOptions(missing_words=("defect",)))["c"].isna().sum() == 1
