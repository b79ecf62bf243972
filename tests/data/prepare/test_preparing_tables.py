"""Tables: what columns become, and that nothing is learned from held-out rows."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aecore.data import facts
from aecore.data.dataset import Table
from aecore.data.prepare.preparing import prepare
from aecore.errors import DataError, ExperimentError
from aecore.experiment import Experiment

ROWS = 120


def frame_of(seed=0):
    """Numbers with gaps, categories, an id and a label."""
    random = np.random.default_rng(seed)
    height = random.normal(170, 10, ROWS)
    height[::11] = np.nan
    colour = np.array(["red", "green", "blue"], object)[random.integers(0, 3, ROWS)]
    colour[5] = None
    return pd.DataFrame(
        {
            "id": np.arange(ROWS),
            "height": height,
            "weight": random.gamma(2, 30, ROWS),
            "colour": colour,
            "class": np.array(["cat", "dog"])[random.integers(0, 2, ROWS)],
        }
    )


def written(frame, folder):
    """The path of a CSV of it."""
    path = folder / "animals.csv"
    frame.to_csv(path, index=False)
    return str(path)


def experiment(path, preprocessing=None, **data):
    """A run on the file; its last rows are held out."""
    given = {"source": path, "split": "ordered", **data}
    return Experiment.from_dict({"data": given, "preprocessing": preprocessing or {}})


@pytest.mark.parametrize("scaling", ["min-max", "standardize", "robust", "per-sample", "none"])
@pytest.mark.parametrize("missing", ["median", "most-frequent", "drop"])
def test_held_out_rows_are_never_learned_from(tmp_path, scaling, missing):
    """Whatever stands in held-out rows, training rows come out the same."""
    frame = frame_of()
    options = {"scaling": scaling, "missing": missing}
    chosen = experiment(written(frame, tmp_path), options)
    before = prepare(chosen.preparation_options, Table(frame))
    spoiled = frame.copy()
    held_out = before.split.validation
    spoiled.loc[held_out, ["height", "weight"]] *= 1000
    spoiled.loc[held_out, "colour"] = "red"
    after = prepare(chosen.preparation_options, Table(spoiled))
    np.testing.assert_array_equal(after.train, before.train)
    assert not np.array_equal(after.validation, before.validation) or scaling == "per-sample"


def test_dropping_every_row_is_refused(tmp_path):
    """Each row has a gap somewhere: that is said, and not that shares are too large."""
    frame = pd.DataFrame({"a": np.arange(ROWS) % 7.0, "b": np.arange(ROWS) % 5.0})
    frame.loc[::2, "a"] = frame.loc[1::2, "b"] = np.nan
    chosen = experiment(written(frame, tmp_path), {"missing": "drop"})
    with pytest.raises(DataError, match="No row has a value in every column"):
        prepare(chosen.preparation_options, Table(frame))


def test_facts_are_those_of_the_samples(tmp_path):
    """Rows, shape and classes are told before the file is prepared."""
    path, frame = written(frame_of(), tmp_path), frame_of()
    chosen = experiment(path)
    prepared, known = prepare(chosen.preparation_options, Table(frame)), chosen.facts
    assert known.sample_shape == prepared.train.shape[1:] == (6,)
    assert known.rows == ROWS == sum(prepared.rows.values())
    assert known.class_names == prepared.dataset.class_names == ("cat", "dog")
    assert prepared.dataset.feature_names == (
        "height",
        "weight",
        "colour = blue",
        "colour = green",
        "colour = red",
        "colour = (empty)",
    )


def test_categories_are_one_hot_and_a_gap_is_one_of_its_own(tmp_path):
    """Each sample has one colour, (empty) where there is none: no value is invented."""
    prepared = prepare(
        experiment(written(frame_of(), tmp_path)).preparation_options, Table(frame_of())
    )
    np.testing.assert_array_equal(prepared.train[:, 2:].sum(axis=1), 1)
    empty = frame_of().loc[prepared.split.train, "colour"].isna().to_numpy()
    assert empty.any()
    np.testing.assert_array_equal(prepared.train[:, -1] == 1, empty)


def test_rare_categories_stand_together(tmp_path):
    """A cap of n makes n columns, the last of all that are rare."""
    frame = frame_of()
    frame["colour"] = [f"c{min(i % 30, 9)}" for i in range(ROWS)]
    chosen = experiment(written(frame, tmp_path), {"max_categories": 4})
    prepared = prepare(chosen.preparation_options, Table(frame))
    assert chosen.facts.sample_shape == prepared.train.shape[1:] == (6,)
    assert prepared.dataset.feature_names[-1] == "colour = other"


def test_numbers_come_back_in_their_own_units(tmp_path):
    """Units undo the scaling of numbers, and leave categories."""
    frame = frame_of()
    for scaling in ("min-max", "standardize", "robust"):
        chosen = experiment(written(frame, tmp_path), {"scaling": scaling, "missing": "drop"})
        prepared = prepare(chosen.preparation_options, Table(frame))
        raw = prepared.units("training").raw(prepared.train)
        wanted = frame.loc[prepared.split.train, ["height", "weight"]].to_numpy()
        np.testing.assert_allclose(raw[:, :2], wanted, rtol=1e-4)


def test_dropping_leaves_out_rows_with_gaps(tmp_path):
    """No row with a gap is left in any part."""
    frame = frame_of()
    prepared = prepare(
        experiment(written(frame, tmp_path), {"missing": "drop"}).preparation_options, Table(frame)
    )
    rows = np.concatenate([prepared.split.train, prepared.split.validation])
    assert frame.loc[rows, ["height", "colour"]].notna().all(axis=None)
    assert len(rows) == frame[["height", "colour"]].dropna().shape[0]


def test_roles_can_be_changed(tmp_path):
    """An ignored column becomes a feature, and a feature the label."""
    path = written(frame_of(), tmp_path)
    roles = {"id": "feature", "class": "ignore", "colour": "label"}
    known = experiment(path, roles=roles).facts
    assert known.class_names == ("blue", "green", "red", "(missing)")
    assert known.sample_shape == (3,)


@pytest.mark.parametrize(
    ("roles", "word"),
    [
        ({"nope": "label"}, "nope"),
        ({"colour": "label", "class": "label"}, "label"),
        ({"height": "ignore", "weight": "ignore", "colour": "ignore"}, "feature"),
    ],
)
def test_impossible_roles_are_refused(tmp_path, roles, word):
    """With a sentence on the field of the roles."""
    with pytest.raises(ExperimentError, match=word) as error:
        experiment(written(frame_of(), tmp_path), roles=roles)
    assert error.value.problems[0].path == "data.roles"


def test_classes_and_rows_are_chosen(tmp_path):
    """Only samples of a class, only so many, and the same ones for a seed."""
    frame = frame_of()
    path = written(frame, tmp_path)
    chosen = experiment(path, classes=["dog"], rows=20)
    prepared = prepare(chosen.preparation_options, Table(frame))
    rows = np.concatenate([prepared.split.train, prepared.split.validation])
    assert len(rows) == chosen.facts.rows == 20
    assert set(frame["class"][rows]) == {"dog"}
    again = prepare(experiment(path, classes=["dog"], rows=20).preparation_options, Table(frame))
    np.testing.assert_array_equal(again.split.train, prepared.split.train)


def test_an_unknown_class_is_refused(tmp_path):
    """The classes that there are are named."""
    with pytest.raises(ExperimentError, match="no class named 'cow'"):
        experiment(written(frame_of(), tmp_path), classes=["cow"])


def test_texts_become_weights_of_terms(tmp_path):
    """TF-IDF of training texts alone; a word of held-out texts has no column."""
    words = ["apple", "banana", "cherry", "damson", "elder", "fig", "grape"]
    random = np.random.default_rng(0)
    texts = [" ".join(random.choice(words[:-1], 9)) for _ in range(50)]
    frame = pd.DataFrame({"text": [*texts[:40], *(f"{text} grape" for text in texts[40:])]})
    chosen = experiment(written(frame, tmp_path), {"max_terms": 6})
    prepared = prepare(chosen.preparation_options, Table(frame))
    assert prepared.dataset.kind == chosen.facts.kind == "text"
    assert prepared.dataset.feature_names == tuple(words[:-1])
    np.testing.assert_allclose(np.linalg.norm(prepared.train, axis=1), 1, rtol=1e-5)


def test_too_few_words_are_refused_with_how_many_there_are(tmp_path):
    """Instead of a model with inputs that are always 0."""
    frame = pd.DataFrame({"text": [f"some words that come again here {i}" for i in range(30)]})
    chosen = experiment(written(frame, tmp_path), {"max_terms": 50})
    with pytest.raises(DataError, match="Set Most terms to"):
        prepare(chosen.preparation_options, Table(frame))


def test_a_stream_becomes_windows_held_out_by_time(tmp_path):
    """Validation windows come after all training ones, and scaling knows training rows alone."""
    time = pd.date_range("2024-01-01", periods=400, freq="h")
    values = np.random.default_rng(0).normal(0, 1, (400, 2))
    values[350:] *= 100
    frame = pd.DataFrame({"time": time, "a": values[:, 0], "b": values[:, 1]})
    options = {"window_length": 20, "window_stride": 5, "scaling": "standardize"}
    chosen = Experiment.from_dict(
        {"data": {"source": written(frame, tmp_path)}, "preprocessing": options}
    )
    prepared, known = prepare(chosen.preparation_options, Table(frame)), chosen.facts
    assert known.kind == prepared.dataset.kind == "series"
    assert prepared.train.shape[1:] == known.sample_shape == (20, 2)
    assert sum(prepared.rows.values()) == known.rows - known.overlap
    assert prepared.split.train.max() + known.overlap < prepared.split.validation.min()
    assert np.abs(prepared.train).max() < 6 < np.abs(prepared.validation).max()


@given(st.integers(0, 2**16), st.floats(0, 0.4), st.floats(0, 0.4))
@settings(deadline=None, max_examples=25)
def test_parts_are_what_the_options_say(seed, validation, test):
    """Every row is in one part, whatever the shares."""
    frame = frame_of(seed)
    chosen = Experiment.from_dict(
        {"data": {"source": "wine", "validation_fraction": validation, "test_fraction": test}}
    )
    prepared = prepare(chosen.preparation_options, Table(frame))
    split = prepared.split
    together = np.concatenate([split.train, split.validation, split.test])
    assert sorted(together) == list(range(ROWS))
    assert facts("wine").rows == 178
