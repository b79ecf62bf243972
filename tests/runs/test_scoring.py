"""Scores of a run's own rows and of new ones, from memory and from its folder."""

import csv
import json

import numpy as np
import pandas as pd
import pytest

from aecore import Experiment, load, save, train
from aecore.cli import main
from aecore.data import load as load_data
from aecore.data import shards
from aecore.data.dataset import Table
from aecore.data.reading_rows import read_rows
from aecore.errors import DataError
from aecore.evaluation.anomalies.conformal import p_values
from aecore.evaluation.anomalies.scored_rows import ScoredRows
from aecore.runs.scoring import score_given, score_held_out, score_in_parts
from aecore.runs.training_data import training_data

CHANGES = {
    "data.source": "breast-cancer",
    "data.classes": ["benign"],
    "data.calibration_fraction": 0.3,
    "training.epochs": 3,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run trained on benign rows alone, as it was saved."""
    found = tmp_path_factory.mktemp("scoring") / "run"
    save(train(Experiment().replace(CHANGES)), found)
    return found


@pytest.fixture(scope="module")
def result(folder):
    """The run, loaded."""
    return load(folder)


def test_held_out_rows_and_classes_left_out_score_as_the_same_rows_given(result, tmp_path):
    """By their numbers; training and calibration rows are not among them; all is kept."""
    prepared, raw = training_data(result)
    scored, compared = score_held_out(result, prepared, raw)
    given, _ = score_given(result, "breast-cancer", "All rows")
    assert len(given.rows) == 569 and len(compared.x) == len(scored.rows)
    assert scored.about["class_rows"] == {"malignant": 212, "benign": 357}
    for name, scores in scored.scores.items():
        np.testing.assert_allclose(scores, given.scores[name][scored.rows], rtol=1e-3)
    assert not set(scored.rows) & {*prepared.split.train, *prepared.split.calibration}
    malignant = scored.class_names.index("malignant")
    assert (scored.label == malignant).sum() == 212
    assert "212 rows of the classes" in scored.notes[0]
    scored.save(tmp_path / "scored.npz")
    again = ScoredRows.load(tmp_path / "scored.npz")
    np.testing.assert_array_equal(again.scores["joint"], scored.scores["joint"])
    np.testing.assert_array_equal(again.shown.x, scored.shown.x)
    assert (again.title, again.notes, again.label.tolist()) == (
        scored.title,
        scored.notes,
        scored.label.tolist(),
    )


def test_parts_give_what_all_rows_give_at_once(result):
    """The oddest rows are kept to be looked at, whichever part they came in."""
    parts = [part.scores["robust-error"] for part, _ in score_in_parts(result, "breast-cancer")]
    small = [
        part.scores["robust-error"] for part, _ in score_in_parts(result, "breast-cancer", size=50)
    ]
    assert len(small) > len(parts)
    np.testing.assert_allclose(np.concatenate(small), np.concatenate(parts), rtol=1e-3)
    given, _ = score_given(result, "breast-cancer", "All rows")
    oddest = np.argsort(-given.scores["robust-error"])[:100]
    assert set(oddest) <= set(given.shown.position)
    at = np.flatnonzero(given.shown.position == oddest[0])[0]
    raw = given.shown.units.raw(given.shown.x[at : at + 1])[0]
    np.testing.assert_allclose(raw, result.apply("breast-cancer").original_in_units[oddest[0]])


def test_the_command_line_writes_rows_in_order(folder, result, tmp_path, capsys):
    """Score, p-value and flag of each; p-values are those of the calibration rows."""
    out = tmp_path / "scores.csv"
    assert main(["score", str(folder), "breast-cancer", "--out", str(out), "--alarms", ".05"]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    with out.open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [int(line["row"]) for line in lines] == list(range(569))
    scores = np.array([float(line["score"]) for line in lines])
    p = np.array([float(line["p_value"]) for line in lines])
    calibration = result.scorer.calibration[result.scorer.default]
    np.testing.assert_allclose(p, p_values(calibration, scores), atol=1.1 / len(calibration))
    flags = np.array([line["flag"] == "1" for line in lines])
    # The row that the threshold comes from is among them, and may be rounded to either side.
    clear = np.abs(scores / last["threshold"] - 1) > 1e-6
    np.testing.assert_array_equal(flags[clear], (scores >= last["threshold"])[clear])
    assert last["flagged"] == flags.sum() and last["rows"] == 569
    assert flags[result.apply("breast-cancer").labels == 1].mean() != flags.mean()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--alarms", "0.0001"], "needs 9,999 normal rows"),
        (["--alarms", "2"], "cannot be 2"),
        (["--score", "magic"], "no score named 'magic'"),
        (["--normal", "unknown"], "no class named 'unknown'"),
    ],
)
def test_what_cannot_be_kept_is_refused(folder, tmp_path, capsys, more, said):
    """With a sentence, and no file is left."""
    out = tmp_path / "scores.csv"
    assert main(["score", str(folder), "breast-cancer", "--out", str(out), *more]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_other_rows_and_older_runs_are_refused(folder, result, tmp_path, capsys):
    """Columns that are missing by name; a run without a scorer by what it is.

    What was written before stays.
    """
    out = str(tmp_path / "scores.csv")
    (tmp_path / "scores.csv").write_text("of yesterday")
    assert main(["score", str(folder), "iris", "--out", out]) == 2
    assert "shape (30)" in capsys.readouterr().err
    assert (tmp_path / "scores.csv").read_text() == "of yesterday"
    assert not list(tmp_path.glob("*.unfinished"))
    (tmp_path / "old").mkdir()
    for path in folder.iterdir():
        if path.name != "anomalies.npz":
            (tmp_path / "old" / path.name).write_bytes(path.read_bytes())
    assert main(["score", str(tmp_path / "old"), "breast-cancer", "--out", out]) == 2
    assert "cannot score rows" in capsys.readouterr().err


def test_data_that_has_changed_is_told(tmp_path):
    """A run's own rows are read again, and must be those that it was trained on."""
    path = tmp_path / "rows.csv"
    path.write_text("a,b,c\n" + "\n".join(f"{i % 7},{i % 5},{i / 3:.3f}" for i in range(80)))
    result = train(Experiment().replace({"data.source": str(path), "training.epochs": 1}))
    path.write_text("a,b,c\n" + "\n".join(f"{i % 7},{i % 5},{i / 2:.3f}" for i in range(80)))
    with pytest.raises(DataError, match="has changed since"):
        training_data(result)


def test_a_large_parquet_file_of_numbers_is_never_in_memory_as_a_whole(
    result, tmp_path, monkeypatch
):
    """It is read in parts, with the same scores; with a column of text it is read at once."""
    loaded = load_data("breast-cancer")
    frame = pd.DataFrame(loaded.x, columns=list(loaded.feature_names))
    path = tmp_path / "rows.parquet"
    frame.to_parquet(path, row_group_size=100)
    at_once = score_given(result, str(path), "rows")[0]
    assert isinstance(read_rows(path, result.preparation), Table)

    monkeypatch.setattr(shards, "AT_ONCE_BYTES", 1000)
    assert isinstance(read_rows(path, result.preparation), shards.Shards)
    in_parts = score_given(result, str(path), "rows")[0]

    np.testing.assert_array_equal(in_parts.rows, np.arange(569))
    np.testing.assert_allclose(in_parts.scores["joint"], at_once.scores["joint"], rtol=1e-3)
    frame.assign(note=[f"word {i}" for i in range(569)]).to_parquet(path)
    assert isinstance(read_rows(path, result.preparation), Table)
