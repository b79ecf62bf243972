"""Tables that are read in parts: what is opened, what is looked at, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from aecore.data import loading
from aecore.data.dataset import Table
from aecore.data.profile.previews import preview
from aecore.data.shard_files import changed
from aecore.data.shards import Shards, is_sharded, read
from aecore.errors import DataError

ROWS = 1200


def frame(rows=ROWS):
    """Numbers with gaps, a category, a label, a target, sentences, and moments."""
    random = np.random.default_rng(0)
    numbers = random.normal(5, 2, (rows, 3)).astype(np.float32)
    numbers[::11, 1] = np.nan
    return pd.DataFrame(
        {
            **{f"n{i}": numbers[:, i] for i in range(3)},
            "colour": np.array(["red", "green", "blue"])[random.integers(0, 3, rows)],
            "species": np.array(["cat", "dog"])[np.arange(rows) % 2],
            "note": [f"this is sentence number {i}" for i in range(rows)],
            "moment": pd.date_range("2024-01-01", periods=rows, freq="h"),
        }
    )


def shards(folder, whole, files=3, rows_a_group=100):
    """A folder of Parquet files that together hold a frame."""
    folder.mkdir(exist_ok=True)
    share = -(-len(whole) // files)
    for i in range(files):
        part = whole.iloc[i * share : (i + 1) * share]
        part.to_parquet(folder / f"{i}.parquet", row_group_size=rows_a_group, index=False)
    return str(folder)


def test_a_parquet_file_is_read_in_parts_above_a_limit_alone(tmp_path, limit):
    """At the limit of rows × columns × 4 bytes it is a table; one byte less, and it is not."""
    path = str(tmp_path / "a.parquet")
    whole = frame()
    whole.to_parquet(path)
    limit("IN_MEMORY_BYTES", whole.size * 4)
    assert isinstance(loading.load(path), Table)
    limit("IN_MEMORY_BYTES", whole.size * 4 - 1)
    loading._loaded.cache_clear()
    assert isinstance(loading.load(path), Shards)
    limit("ROWS", ROWS - 1)
    limit("IN_MEMORY_BYTES", 2**30)
    assert is_sharded(tmp_path / "a.parquet")


def test_shards_are_one_table_in_order(tmp_path):
    """All rows of all files come once, labelled by their number, whatever the piece's size."""
    whole = frame()
    opened = loading.load(shards(tmp_path / "t", whole))
    names = {name: opened.names[name] for name in ("n0", "n1", "species")}
    pieces = [piece for group in opened.groups for piece in read(group, names, 64)]
    assert max(map(len, pieces)) <= 64
    pd.testing.assert_frame_equal(
        pd.concat(pieces), whole[[*names]], check_dtype=False, check_index_type=False
    )


def test_the_sheet_speaks_for_all_rows_from_a_sample(tmp_path, monkeypatch):
    """Counts are brought up to all rows, and the first sentence says what was looked at."""
    monkeypatch.setattr("aecore.data.shards.SAMPLE_ROWS", 240)
    source = shards(tmp_path / "t", frame())
    sheet, whole = loading.describe_source(source), frame()
    assert (sheet.rows, sheet.in_parts, dict(sheet.classes)) == (
        ROWS,
        True,
        {"cat": 600, "dog": 600},
    )
    assert sheet.advice[0].startswith("1,200 rows are read in parts")
    assert "a sample of 240 rows" in sheet.advice[0]
    roles = {column.name: column.role for column in sheet.columns}
    assert roles["n0"] == roles["colour"] == "feature"
    assert (roles["species"], roles["note"], roles["moment"]) == ("label", "ignore", "ignore")
    missing = next(column.missing for column in sheet.columns if column.name == "n1")
    assert missing == pytest.approx(whole["n1"].isna().sum(), rel=0.2)
    assert preview(loading.load(source))["rows"][0][3:5] == whole.iloc[0, 3:5].tolist()


def test_the_digest_follows_the_content_and_not_the_names_of_files(tmp_path):
    """One changed value gives another; other file names do not, and a rewritten shard is seen."""
    whole = frame()
    first = loading.describe_source(shards(tmp_path / "a", whole)).digest
    shards(tmp_path / "b", whole)
    for file in (tmp_path / "b").iterdir():
        file.rename(file.with_name(f"part-{file.name}"))
    assert loading.describe_source(str(tmp_path / "b")).digest == first
    before = changed(tmp_path / "b")
    whole.loc[ROWS - 1, "n0"] = 1e6
    whole.iloc[800:].to_parquet(tmp_path / "b" / "part-2.parquet", row_group_size=100, index=False)
    assert changed(tmp_path / "b") != before
    assert loading.describe_source(str(tmp_path / "b")).digest != first


def test_folders_that_are_no_table_are_refused(tmp_path):
    """No Parquet in it, other columns in one file, no rows, or a file that is none."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="holds no Parquet file"):
        loading.load(str(tmp_path / "empty"))
    mixed = tmp_path / "mixed"
    shards(mixed, frame())
    frame()[["n0", "n1"]].to_parquet(mixed / "9.parquet")
    with pytest.raises(DataError, match=r"9\.parquet has other columns"):
        loading.load(str(mixed))
    (mixed / "9.parquet").write_bytes(b"a,b\n1,2\n")
    with pytest.raises(DataError, match=r"9\.parquet is"):
        loading.load(str(mixed))
    shards(tmp_path / "none", frame().iloc[:0], files=1)
    with pytest.raises(DataError, match="has no rows"):
        loading.load(str(tmp_path / "none"))


def test_long_texts_make_the_sample_smaller(tmp_path, monkeypatch):
    """A row takes what its file says it takes, where that is more than numbers would."""
    whole = frame()
    whole["note"] = [str(i).zfill(1000) for i in range(ROWS)]
    monkeypatch.setattr("aecore.data.shards.SAMPLE_BYTES", 300_000)
    assert 100 < len(loading.load(shards(tmp_path / "t", whole)).sample) < 300


def test_infinite_numbers_are_named_wherever_they_stand(tmp_path, monkeypatch):
    """Also in rows that the sample does not reach."""
    monkeypatch.setattr("aecore.data.shards.SAMPLE_ROWS", 60)
    whole = frame()
    whole.loc[ROWS - 1, "n2"] = np.inf
    opened = loading.load(shards(tmp_path / "t", whole, rows_a_group=400))
    with pytest.raises(DataError, match=r'"n2" of 2\.parquet holds infinite'):
        list(read(opened.groups[-1], {"n2": opened.names["n2"]}, 100))
