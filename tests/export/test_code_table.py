"""Codes of any rows as files: what stands in them, in each format, and what is refused."""

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from aecore import DataError, Experiment, Result, load, save, train
from aecore.cli import main
from aecore.export.code_table import write_codes
from aecore.export.row_files import FORMATS

NUMBERS = 3


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows with an id, a class and a target, which are not learned, and one that cannot be used."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(60, 4)), columns=list("abcd"))
    frame["d"] = frame["a"] - frame["b"]
    frame.insert(0, "name", [f"=cmd{place}" for place in range(60)])
    frame["label"] = np.where(frame["a"] > 0, "high", "low")
    frame["target"] = frame["a"] * 2
    path = tmp_path_factory.mktemp("codes") / "rows.csv"
    frame.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def folder(table: Path) -> Path:
    """A run of these rows, as it was saved."""
    changes = {
        "data.source": str(table),
        "model.encoding_dim": NUMBERS,
        "preprocessing.missing": "drop",
        "training.epochs": 2,
    }
    save(train(Experiment().replace(changes)), table.parent / "run")
    return table.parent / "run"


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    """The run, loaded."""
    return load(folder)


def frame_of(path: Path) -> pd.DataFrame:
    """A file as a table, whatever its format."""
    if path.suffix == ".csv":
        return pd.read_csv(path)
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    whole = np.load(path)
    beside = {name: whole[name] for name in whole.dtype.names if whole[name].ndim == 1}
    codes = {f"code_{i + 1}": values for i, values in enumerate(whole["code"].T)}
    return pd.DataFrame({**beside, **codes})


@pytest.mark.parametrize("suffix", [each.suffix for each in FORMATS.values()])
def test_ids_and_labels_come_along_in_every_format(
    result: Result, table: Path, tmp_path: Path, suffix: str
) -> None:
    """With the codes that `apply` gives, in the order of the rows; no other file is left."""
    path = tmp_path / f"codes{suffix}"
    written = write_codes(result, str(table), path)
    found, given = frame_of(path), pd.read_csv(table)
    assert (written.rows, written.numbers) == (60, NUMBERS)
    assert {"name", "label", "target"} == set(written.beside)
    expected = given["name"] if suffix != ".csv" else "'" + given["name"]
    assert found["name"].tolist() == expected.tolist()
    assert found["label"].tolist() == given["label"].tolist()
    np.testing.assert_allclose(found["target"], given["target"])
    applied = result.apply(str(table))
    codes = found[[f"code_{i + 1}" for i in range(NUMBERS)]].to_numpy()
    np.testing.assert_allclose(codes, applied.codes, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found["error"], applied.errors, rtol=1e-5)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_parts_are_joined_and_bad_rows_are_told(result: Result, tmp_path: Path) -> None:
    """A row with a gap keeps its number out of the file; names that are ours are not taken."""
    frame = pd.DataFrame(np.ones((5, 4)), columns=list("abcd"))
    frame.loc[2, "b"] = np.nan
    frame["code_1"], frame["row"] = "own", 7
    for suffix in (".csv", ".parquet", ".npy"):
        path = tmp_path / f"codes{suffix}"
        written = write_codes(result, frame, path)
        found = frame_of(path)
        assert found["row"].tolist() == [0, 1, 3, 4]
        assert set(found["code_1 (2)"]) == {"own"} and set(found["row (2)"]) == {7}
        assert any("row 2" in note for note in written.notes)


def test_reconstructions_are_in_own_units(result: Result, table: Path, tmp_path: Path) -> None:
    """A column for each value of a sample, or an array of its own."""
    write_codes(result, str(table), tmp_path / "codes.npy", reconstructions=True)
    found = np.load(tmp_path / "codes.npy")["reconstruction"]
    applied = result.apply(str(table))
    np.testing.assert_allclose(found, applied.reconstructions_in_units, rtol=1e-4, atol=1e-5)
    write_codes(result, str(table), tmp_path / "codes.csv", reconstructions=True)
    table_of = pd.read_csv(tmp_path / "codes.csv")
    np.testing.assert_allclose(table_of["reconstruction of d"], found[:, 3], rtol=1e-4)


@pytest.mark.parametrize("suffix", [each.suffix for each in FORMATS.values()])
def test_what_was_stopped_or_fits_nothing_leaves_no_file(
    result: Result, table: Path, tmp_path: Path, suffix: str
) -> None:
    """Each is told in a sentence."""
    path = tmp_path / f"codes{suffix}"
    with pytest.raises(DataError, match="Stopped before all rows had a code"):
        write_codes(result, str(table), path, should_stop=lambda: True)
    gaps = pd.DataFrame(np.full((2, 4), np.nan), columns=list("abcd"))
    with pytest.raises(DataError, match="None of the rows can be used"):
        write_codes(result, gaps, path)
    assert not list(tmp_path.iterdir())


def test_pictures_carry_their_class(tmp_path: Path) -> None:
    """Arrays have no columns: `label` is the name of the class."""
    digits = {"data.source": "digits", "training.epochs": 1, "model.encoding_dim": 2}
    found = train(Experiment().replace(digits))
    write_codes(found, "digits", tmp_path / "codes.parquet")
    table = pd.read_parquet(tmp_path / "codes.parquet")
    assert list(table.columns) == ["row", "label", "error", "code_1", "code_2"]
    assert len(table) == 1797 and set(table["label"]) == {str(digit) for digit in range(10)}


def test_the_command_writes_codes(
    folder: Path, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON object a line; the last says what the file holds."""
    out = tmp_path / "new" / "codes.csv"
    assert main(["encode", str(folder), str(table), "--out", str(out)]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (last["event"], last["rows"], last["numbers"]) == ("finished", 60, NUMBERS)
    with out.open(newline="") as file:
        assert next(csv.reader(file))[0] == "row"
    assert main(["encode", str(folder), str(table), "--out", str(tmp_path / "codes.xyz")]) == 2
    assert "End its name in one of .csv, .parquet, .npy." in capsys.readouterr().err


def test_a_table_in_parts_carries_its_ids_too(
    result: Result, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is written as it is read; whole numbers with gaps in a later part stay numbers."""
    frame = pd.read_csv(table)
    frame["number"] = pd.array([None if place > 50 else place for place in range(60)], "Int64")
    frame.to_parquet(tmp_path / "rows.parquet", row_group_size=20)
    monkeypatch.setenv("AECORE_MAX_IN_MEMORY_BYTES", "100")
    for kind in FORMATS.values():
        path = tmp_path / f"codes{kind.suffix}"
        write_codes(result, str(tmp_path / "rows.parquet"), path)
        found = frame_of(path)
        assert len(found) == 60
        assert found["label"].tolist() == frame["label"].tolist()
        assert found["number"].notna().sum() == 51 and found["number"][50] == 50
