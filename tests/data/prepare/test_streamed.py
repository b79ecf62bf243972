"""Training on tables that are read in parts: each row once, nothing learned of held-out rows."""

import numpy as np
import pandas as pd
import pytest

from aecore.data import load
from aecore.data.dataset import Table
from aecore.data.prepare.preparing import prepare
from aecore.data.prepare.split import NumberedSplit
from aecore.errors import DataError, ExperimentError
from aecore.experiment import Experiment
from tests.data.test_shards import ROWS, frame, shards

HELD_OUT = {"validation_fraction": 0.2, "test_fraction": 0.1}


def experiment(source, scaling="standardize", **data):
    """Held out a fifth and a tenth; the loss suits any scaling."""
    return Experiment.from_dict(
        {
            "data": {"source": source, **HELD_OUT, **data},
            "preprocessing": {"scaling": scaling},
            "training": {"loss": "mse"},
        }
    )


@pytest.mark.parametrize("how", ["random", "ordered"])
def test_a_row_is_held_out_by_its_number_however_it_is_read(how):
    """Pieces agree with the whole, shares hold, and the seed decides."""
    split = NumberedSplit(10_000, 0.2, 0.1, how, seed=3)
    whole = split.parts(0, 10_000)
    pieces = [split.parts(0, 37), split.parts(37, 63), split.parts(100, 9900)]
    assert np.array_equal(whole, np.concatenate(pieces))
    # Four standard deviations of a count of 10,000 draws with p = 0.2.
    assert np.bincount(whole) == pytest.approx([7000, 2000, 1000], abs=160)
    other = NumberedSplit(10_000, 0.2, 0.1, how, seed=4).parts(0, 10_000)
    assert np.array_equal(whole, other) == (how == "ordered")


@pytest.mark.parametrize("scaling", ["min-max", "standardize", "none", "per-sample"])
def test_read_in_parts_equals_read_at_once(tmp_path, scaling):
    """With the last rows held out, parts, scaling, units, labels and names are those in memory."""
    source = shards(tmp_path / "t", frame())
    opened = load(source)
    roles = {"note": "ignore", "moment": "ignore", "n2": "ignore"}
    chosen = experiment(source, scaling, split="ordered", roles=roles)
    parts, whole = (
        prepare(chosen.preparation_options, opened),
        prepare(chosen.preparation_options, Table(frame())),
    )
    stream = np.concatenate(list(parts.stream.blocks(100, 0)))
    for found, wanted in (
        (parts.train, whole.train),
        (parts.validation, whole.validation),
        (parts.test, whole.test),
        (stream[np.lexsort(stream.T)], whole.train[np.lexsort(whole.train.T)]),
    ):
        np.testing.assert_allclose(found, wanted, atol=1e-5)
    assert (parts.rows, {**parts.counts}) == (whole.rows, {**whole.rows, "calibration": 0})
    assert parts.value_range == pytest.approx(whole.value_range, abs=1e-5)
    assert parts.dataset.feature_names == whole.dataset.feature_names
    rows = whole.split.validation
    assert np.array_equal(parts.labels(rows), whole.labels(rows))
    assert np.array_equal(parts.factors(rows)["n2"], whole.factors(rows)["n2"])
    scaled = parts.validation
    np.testing.assert_allclose(
        parts.units("validation").raw(scaled), whole.units("validation").raw(scaled), rtol=1e-4
    )


def test_every_training_row_comes_once_an_epoch_in_another_order(tmp_path):
    """Blocks are full but for the last, and no held-out row is among them."""
    whole = frame()
    whole["n0"] = np.arange(ROWS, dtype=np.float64)
    source = shards(tmp_path / "t", whole)
    prepared = prepare(
        experiment(source, "none", roles={"n0": "feature"}).preparation_options, load(source)
    )
    epochs = [list(prepared.stream.blocks(128, (7, epoch))) for epoch in (1, 2, 1)]
    first, second, again = (np.concatenate(blocks)[:, 0].astype(int) for blocks in epochs)
    assert {len(block) for block in epochs[0][:-1]} == {128}
    assert np.array_equal(np.sort(first), prepared.split.train)
    assert np.array_equal(np.sort(first), np.sort(second))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, second)
    # Rows of different shards meet in one block.
    assert len(set(first[:128] // 400)) > 1
    together = np.concatenate([first, prepared.split.validation, prepared.split.test])
    assert np.array_equal(np.sort(together), np.arange(ROWS))


@pytest.mark.parametrize("scaling", ["min-max", "standardize"])
def test_nothing_is_learned_of_held_out_rows(tmp_path, scaling):
    """Held-out rows a thousand times larger, without gaps, leave what is trained on as it was."""
    clean = shards(tmp_path / "clean", frame())
    before = prepare(experiment(clean, scaling).preparation_options, load(clean))
    spoiled = frame()
    held_out = np.concatenate([before.split.validation, before.split.test])
    numbers = ["n0", "n1", "n2"]
    spoiled.loc[held_out, numbers] = spoiled.loc[held_out, numbers].fillna(1.0) * 1000
    source = shards(tmp_path / "spoiled", spoiled)
    after = prepare(experiment(source, scaling).preparation_options, load(source))
    assert np.array_equal(before.train, after.train)
    same = zip(before.stream.blocks(200, 0), after.stream.blocks(200, 0), strict=True)
    assert all(np.array_equal(one, other) for one, other in same)


def test_held_out_rows_are_sampled_evenly_and_counted(tmp_path, monkeypatch):
    """Of many no more are kept than are asked for, from all over, and all are counted."""
    monkeypatch.setattr("aecore.data.prepare.streamed.KEPT_ROWS", 100)
    source = shards(tmp_path / "t", frame())
    chosen = experiment(source, split="random")
    prepared = prepare(chosen.preparation_options, load(source))
    # Of 110 draws expected, at most 100 are kept; four standard deviations fewer is 68.
    assert 68 <= len(prepared.train) <= 100
    assert 68 <= len(prepared.validation) <= 100
    assert sum(prepared.counts.values()) == ROWS
    assert prepared.rows["train"] == prepared.counts["train"] == prepared.stream.rows
    assert np.median(prepared.split.validation) == pytest.approx(ROWS / 2, abs=ROWS / 5)


@pytest.mark.parametrize("pieces", [2, 15])
def test_a_stop_is_heard_while_the_files_are_read(tmp_path, pieces):
    """In the first pass of twelve row groups, and in the second."""
    source, asked = shards(tmp_path / "t", frame()), []

    def should_stop():
        asked.append(1)
        return len(asked) == pieces

    with pytest.raises(DataError, match="Stopped while its data was read"):
        prepare(experiment(source).preparation_options, load(source), should_stop)
    assert len(asked) == pieces


def test_rows_with_gaps_can_be_left_out(tmp_path):
    """Of training and of held-out rows alike."""
    source = shards(tmp_path / "t", frame())
    chosen = experiment(source).replace({"preprocessing.missing": "drop"})
    prepared = prepare(chosen.preparation_options, load(source))
    assert sum(prepared.counts.values()) == frame()["n1"].notna().sum()
    streamed = sum(map(len, prepared.stream.blocks(100, 0)))
    assert streamed == prepared.counts["train"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"preprocessing.scaling": "robust"}, "Robust scaling needs all values"),
        ({"preprocessing.missing": "most-frequent"}, "most frequent"),
        ({"data.classes": ("cat",)}, "trains on all its classes"),
        ({"data.rows": 100}, "trains on all its rows"),
        ({"data.roles": {"moment": "time"}}, "cannot be a time"),
        ({"data.roles": {"note": "text"}}, "cannot be a text"),
    ],
)
def test_what_needs_the_whole_table_is_refused_with_the_way_out(tmp_path, changes, words):
    """In the form, as a misfit; and again where the file grew after the experiment was made."""
    source = shards(tmp_path / "t", frame())
    with pytest.raises(ExperimentError, match=words) as said:
        experiment(source).replace(changes)
    assert "AECORE_MAX_IN_MEMORY_BYTES" in str(said.value)
    frame().to_parquet(tmp_path / "small.parquet")
    early = experiment(str(tmp_path / "small.parquet")).replace(changes)
    with pytest.raises(DataError, match=words):
        prepare(early.preparation_options, load(source))


def test_labels_unseen_in_the_sample_are_classes_too(tmp_path, monkeypatch):
    """A class of rows that the look at the table missed has its own name."""
    monkeypatch.setattr("aecore.data.shards.SAMPLE_ROWS", 60)
    whole = frame().drop(columns=["note", "moment"])
    whole.loc[ROWS - 200 :, "species"] = "fox"
    source = shards(tmp_path / "t", whole, files=1, rows_a_group=ROWS)
    prepared = prepare(experiment(source).preparation_options, load(source))
    assert prepared.dataset.class_names == ("cat", "dog", "fox")
    rows = prepared.split.test
    named = np.array(prepared.dataset.class_names)[prepared.labels(rows)]
    assert named.tolist() == whole["species"].iloc[rows].tolist()


def test_whole_numbers_with_gaps_in_some_shards_are_numbers_in_all(tmp_path):
    """A column may be empty in a whole file, and of other types in memory there."""
    whole = pd.DataFrame({"a": np.arange(300) % 7, "b": np.arange(300) * 0.5}).astype(
        {"a": "Int64"}
    )
    whole.loc[100:199, "a"] = pd.NA
    source = shards(tmp_path / "t", whole)
    prepared = prepare(
        experiment(source, "none", roles={"b": "feature"}).preparation_options, load(source)
    )
    block = np.concatenate(list(prepared.stream.blocks(50, 0)))
    assert prepared.dataset.feature_names == ("a", "b")
    assert block.shape == (prepared.stream.rows, 2)
    assert not np.isnan(block).any()
