"""A result: kept and loaded anywhere, and applied to rows that training never saw."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import aecore
from aecore import Experiment, Result, save, train
from aecore.data import load as load_data
from aecore.data.prepare.fitted_preparation import ARRAYS_FILE, JSON_FILE
from aecore.data.profile.describing import digest_of
from aecore.errors import DataError
from tests.data.conftest import limit  # noqa: F401
from tests.data.test_shards import frame, shards

ROOT = Path(__file__).resolve().parents[2]
APPLY_ELSEWHERE = """
import json, sys
import aecore
result = aecore.load(sys.argv[1])
early = sorted({"keras", "tensorflow"} & set(sys.modules))
applied = result.apply(sys.argv[2])
print(json.dumps({
    "early": early,
    "errors": applied.errors.tolist(),
    "mse": result.metrics["mse"],
    "epochs": len(result.history["loss"]),
    "source": result.experiment.data.source,
    "kept": len(result.samples.index),
    "looks": len(result.snapshots.epochs),
    "last": result.events[-1]["event"],
    "codes": applied.codes.shape,
    "encoder": result.encoder.input_shape,
    "decoder": result.decoder.output_shape,
}))
"""


@pytest.fixture(scope="module")
def trained():
    """A short run on small digits."""
    return train(Experiment(data={"source": "digits"}, training={"epochs": 2}))


@pytest.fixture(scope="module")
def folder(trained, tmp_path_factory):
    """Its files."""
    path = tmp_path_factory.mktemp("kept")
    save(trained, path)
    return path


@pytest.fixture
def old_folder(folder, tmp_path):
    """The files that version 0.4 kept of the run."""
    save(aecore.load(folder), tmp_path / "old")
    for name in (JSON_FILE, ARRAYS_FILE):
        (tmp_path / "old" / name).unlink()
    return tmp_path / "old"


def test_a_fresh_process_applies_a_run_to_a_file(trained, folder, tmp_path):
    """Nothing is imported before, and Keras only when a model is asked for."""
    digits = load_data("digits")
    np.savez(tmp_path / "new.npz", x=digits.x[trained.samples.index])
    done = subprocess.run(
        [sys.executable, "-c", APPLY_ELSEWHERE, str(folder), str(tmp_path / "new.npz")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    np.testing.assert_allclose(told.pop("errors"), trained.samples.error, rtol=1e-4)
    rows = len(trained.samples.index)
    assert told == {
        "early": [],
        "mse": trained.metrics["mse"],
        "epochs": 2,
        "source": "digits",
        "kept": rows,
        "looks": 3,
        "last": "finished",
        "codes": [rows, 8],
        "encoder": [None, 8, 8, 1],
        "decoder": [None, 8, 8, 1],
    }


def test_what_training_returns_is_applied_too(trained, folder):
    """To a data set by its name; both results are of one class."""
    applied = trained.apply("digits")
    assert len(applied.errors) == 1797
    np.testing.assert_array_equal(applied.rows, np.arange(1797))
    np.testing.assert_array_equal(applied.labels, load_data("digits").y)
    np.testing.assert_allclose(
        applied.errors[trained.samples.index], trained.samples.error, rtol=1e-4
    )
    assert type(aecore.load(folder)) is type(trained) is Result


def test_codes_of_scaled_samples_need_no_preparation(trained):
    """As they are kept."""
    samples = trained.samples
    np.testing.assert_allclose(trained.encode(samples.original), samples.code, rtol=1e-3, atol=1e-4)


def test_a_loaded_result_can_be_saved_again(folder, tmp_path):
    """All its files, those of other versions too."""
    save(aecore.load(folder), tmp_path / "again")
    names = {path.name for path in folder.iterdir()}
    assert {JSON_FILE, ARRAYS_FILE, "autoencoder.keras"} <= names
    assert {path.name for path in (tmp_path / "again").iterdir()} == names


def test_a_run_of_0_4_is_fitted_again_where_its_data_is_at_hand(trained, old_folder):
    """And says so; it is what training learned."""
    result = aecore.load(old_folder)
    assert result.preparation.description == trained.preparation.description
    assert "fitted again from the data set" in result.notes[0]
    applied = result.apply(load_data("digits").x[trained.samples.index])
    np.testing.assert_allclose(applied.errors, trained.samples.error, rtol=1e-4)


def test_a_run_of_0_4_on_arrays_of_64_bits_is_fitted_again(tmp_path):
    """They were read as 32 bits then, and named by those."""
    x = np.random.default_rng(0).normal(1e3, 2, (60, 4))
    np.savez(tmp_path / "a.npz", x=x)
    result = train(Experiment(data={"source": str(tmp_path / "a.npz")}, training={"epochs": 1}))
    save(result, tmp_path / "run")
    for name in (JSON_FILE, ARRAYS_FILE):
        (tmp_path / "run" / name).unlink()
    single = load_data(str(tmp_path / "a.npz"))
    assert single.x.dtype == np.float64
    _with_digest(tmp_path / "run", digest_of(replace(single, x=x.astype(np.float32))))
    loaded = aecore.load(tmp_path / "run")
    assert "fitted again" in loaded.notes[0]
    rows = result.samples.index
    np.testing.assert_allclose(loaded.apply(x[rows]).errors, result.samples.error, rtol=1e-4)


def _with_digest(folder, digest):
    metrics = json.loads((folder / "metrics.json").read_text())
    (folder / "metrics.json").write_text(json.dumps({**metrics, "data_digest": digest}))


def _with_another_digest(folder):
    _with_digest(folder, "0" * 16)


def _with_a_file_that_is_gone(folder):
    given = json.loads((folder / "experiment.json").read_text())
    given["data"]["source"] = "/no/such.csv"
    (folder / "experiment.json").write_text(json.dumps(given))


def _with_other_options(folder):
    given = json.loads((folder / "experiment.json").read_text())
    given["preprocessing"]["scaling"] = "standardize"
    (folder / "experiment.json").write_text(json.dumps(given))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_with_another_digest, "has changed since"),
        (_with_a_file_that_is_gone, "There is no file"),
        (_with_other_options, "does not give the samples that the run kept"),
    ],
)
def test_a_run_whose_data_is_gone_codes_scaled_samples_alone(trained, old_folder, spoil, words):
    """Everything else opens; what is missing is said in a sentence, with the way out."""
    spoil(old_folder)
    result = aecore.load(old_folder)
    assert words in result.notes[0]
    with pytest.raises(DataError, match=words) as error:
        result.apply("digits")
    assert "encode" in error.value.remedy
    samples = result.samples
    np.testing.assert_allclose(
        result.encode(trained.samples.original), samples.code, rtol=1e-3, atol=1e-4
    )


def _without_experiment(folder):
    (folder / "experiment.json").unlink()


def _with_half_an_experiment(folder):
    (folder / "experiment.json").write_text('{"data": ')


def _with_a_broken_history(folder):
    (folder / "history.csv").write_text("epoch,loss\n1,x\n")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_without_experiment, "holds no run"),
        (_with_half_an_experiment, "experiment.json of this run cannot be read"),
        (_with_a_broken_history, "history.csv of this run cannot be read"),
    ],
)
def test_a_folder_that_is_no_run_is_refused_in_a_sentence(old_folder, spoil, words):
    """With what to do."""
    spoil(old_folder)
    with pytest.raises(DataError, match=words) as error:
        aecore.load(old_folder)
    assert error.value.remedy


def test_a_damaged_model_is_told_when_it_is_asked_for(folder, tmp_path):
    """The rest opens."""
    save(aecore.load(folder), tmp_path / "run")
    (tmp_path / "run" / "training.keras").write_bytes(b"none")
    result = aecore.load(tmp_path / "run")
    assert result.history["loss"]
    with pytest.raises(DataError, match="The model of this run cannot be read"):
        result.apply("digits")


def test_a_conditional_model_is_given_the_classes(tmp_path):
    """From the data, from `labels=` by name or index, or it asks for them in a sentence."""
    result = train(
        Experiment(
            data={"source": "digits", "rows": 300},
            model={"bottleneck": {"kind": "variational"}, "conditional": True},
            training={"epochs": 1},
        )
    )
    save(result, tmp_path)
    loaded, digits = aecore.load(tmp_path), load_data("digits")
    rows = result.samples.index
    by_index = loaded.apply(digits.x[rows], labels=digits.y[rows])
    np.testing.assert_allclose(by_index.errors, result.samples.error, rtol=1e-4)
    by_name = loaded.apply(digits.x[rows], labels=[str(label) for label in digits.y[rows]])
    np.testing.assert_array_equal(by_name.codes, by_index.codes)
    from_data = loaded.apply("digits")
    np.testing.assert_allclose(from_data.errors[rows], result.samples.error, rtol=1e-4)
    some = loaded.apply(digits.x[:3], labels=["7", "eleven", "0"])
    assert some.rows.tolist() == [0, 2]
    assert "none that the model was trained with (row 1)" in some.notes[0]
    with pytest.raises(DataError, match="conditional on the class"):
        loaded.apply(digits.x[:3])
    with pytest.raises(DataError, match="conditional on the class"):
        loaded.encode(result.samples.original)


def test_tables_larger_than_memory_are_applied_part_by_part(tmp_path, limit):  # noqa: F811
    """At once is refused with the way out; the parts together are all rows."""
    source = shards(tmp_path / "t", frame())
    roles = {"note": "ignore", "moment": "ignore"}
    result = train(
        Experiment(
            data={"source": source, "roles": roles, "split": "ordered"}, training={"epochs": 1}
        )
    )
    parts = list(result.apply_in_parts(source, size=200))
    errors = np.concatenate([part.errors for part in parts])
    assert max(len(part.errors) for part in parts) <= 200
    np.testing.assert_allclose(errors[result.samples.index], result.samples.error, rtol=1e-4)
    pd.testing.assert_series_equal(
        pd.Series(result.apply(source).errors), pd.Series(errors), rtol=1e-4
    )
    limit("IN_MEMORY_BYTES", 100)
    with pytest.raises(DataError, match="IN_MEMORY_BYTES") as error:
        result.apply(source)
    assert "apply_in_parts" in error.value.remedy


def test_rows_that_do_not_fit_are_told_and_the_rest_goes_on(tmp_path):
    """Of a table; one in a file is read as those that are trained on."""
    random = np.random.default_rng(0)
    rows = pd.DataFrame(random.normal(5, 2, (80, 3)), columns=["a", "b", "c"])
    rows.to_csv(tmp_path / "train.csv", index=False)
    result = train(Experiment(data={"source": str(tmp_path / "train.csv")}, training={"epochs": 1}))
    new = rows.iloc[:5].astype(object).assign(extra="x")
    new.loc[1, "b"] = "n.n."
    applied = result.apply(new)
    assert applied.rows.tolist() == [0, 2, 3, 4]
    assert len(applied.notes) == 2
    np.testing.assert_allclose(applied.original_in_units, rows.iloc[[0, 2, 3, 4]], rtol=1e-12)
    rows.iloc[[0, 2, 3, 4]].to_csv(tmp_path / "new.csv", index=False)
    again = result.apply(tmp_path / "new.csv")
    np.testing.assert_allclose(again.codes, applied.codes, rtol=1e-4, atol=1e-5)
    new.drop(columns="extra").to_csv(tmp_path / "spoiled.csv", index=False)
    spoiled = result.apply(tmp_path / "spoiled.csv")
    assert len(spoiled.rows) == 5
    # The reader takes the cell for a missing one, and says so.
    assert any("n.n." in note for note in spoiled.notes)
    with pytest.raises(DataError, match='no column named "c"'):
        result.apply(rows[["a", "b"]])
