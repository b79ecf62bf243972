"""A whole run against theory, and what it leaves on disk."""

import csv
import json

import keras
import numpy as np
import pytest

from aecore import Experiment, save, train
from aecore.cli import main
from aecore.evaluation.samples import Samples
from aecore.experiment.presets import PRESETS
from aecore.models.archives import read_training

PCA_OF_DIGITS_WITH_8 = 0.023913


@pytest.fixture(scope="module")
def result():
    """A short run on small digits."""
    return train(Experiment(data={"source": "digits"}, training={"epochs": 3}))


def test_linear_autoencoder_reaches_pca():
    """The preset ends within 2 % of PCA with 8 components on all digits, and never below."""
    linear = PRESETS["linear-pca"].experiment("digits")
    assert linear.model.encoding_dim == 8
    metrics = train(linear).metrics
    assert metrics["pca_mse"] == pytest.approx(PCA_OF_DIGITS_WITH_8, rel=1e-4)
    assert metrics["mean_mse"] == pytest.approx(0.07333, abs=1e-5)
    assert PCA_OF_DIGITS_WITH_8 <= metrics["mse"] <= PCA_OF_DIGITS_WITH_8 * 1.02


@pytest.mark.parametrize(
    ("dimension", "expected"), [(1, 0.062413), (4, 0.037609), (16, 0.011044), (32, 0.002467)]
)
def test_pca_yardstick_is_exact(dimension, expected):
    """PCA's error on all digits is the published one at each dimension."""
    from aecore.data import load
    from aecore.evaluation.baselines import fit_baselines

    x = load("digits").x / 16
    assert np.square(x - fit_baselines(x, dimension).by_pca(x)).mean() == pytest.approx(
        expected, abs=1e-6
    )


def test_metrics_are_those_of_the_held_out_rows(result):
    """MSE, MAE and R² can be worked out again from the kept samples."""
    samples, metrics = result.samples, result.metrics
    assert (metrics["measured_on"], metrics["rows"], len(samples.index)) == ("validation", 359, 359)
    error = samples.original - samples.reconstruction
    assert metrics["mse"] == pytest.approx(np.square(error).mean(), rel=1e-5)
    assert metrics["mae"] == pytest.approx(np.abs(error).mean(), rel=1e-5)
    assert metrics["r2"] == pytest.approx(1 - metrics["mse"] / metrics["mean_mse"])
    assert metrics["relative_to_pca"] == pytest.approx(metrics["mse"] / metrics["pca_mse"])
    assert samples.error.mean() == pytest.approx(metrics["mse"], rel=1e-5)


@pytest.mark.parametrize("source", ["digits", "wine"])
def test_a_run_names_the_content_that_its_check_sheet_names(result, source):
    """Of arrays and of a table, whether or not anybody looked at them before."""
    from aecore.data import digest
    from aecore.data.loading import describe_source

    assert digest(source) == describe_source(source).digest
    assert (result.metrics["data_digest"] == digest(source)) == (source == "digits")


def test_test_rows_are_used_where_there_are_any():
    """With a test share, figures are measured on it and said to be."""
    metrics = train(
        Experiment(data={"source": "digits", "test_fraction": 0.1}, training={"epochs": 1})
    ).metrics
    assert (metrics["measured_on"], metrics["rows"]) == ("test", 180)


def test_saved_files_are_complete_and_load(result, tmp_path):
    """Models give the samples' codes and reconstructions; the rest reads back."""
    save(result, tmp_path)
    samples = Samples.load(tmp_path / "samples.npz")
    encoder, decoder, autoencoder = (
        keras.saving.load_model(tmp_path / f"{name}.keras")
        for name in ("encoder", "decoder", "autoencoder")
    )
    code = encoder.predict(result.samples.original, verbose=0)
    assert np.allclose(code, samples.code, atol=1e-5)
    assert np.allclose(decoder.predict(code, verbose=0), samples.reconstruction, atol=1e-3)
    assert np.allclose(
        autoencoder.predict(result.samples.original, verbose=0), samples.reconstruction, atol=1e-3
    )
    further = read_training(tmp_path)
    assert int(further.optimizer.iterations) == int(result.autoencoder.optimizer.iterations)
    assert Experiment.from_json((tmp_path / "experiment.json").read_text()) == result.experiment
    assert json.loads((tmp_path / "metrics.json").read_text()) == result.metrics
    rows = list(csv.DictReader((tmp_path / "history.csv").read_text().splitlines()))
    assert [float(row["val_loss"]) for row in rows] == result.history["val_loss"]


def test_command_line_prints_events_and_leaves_files(tmp_path, capsys):
    """One JSON event a line, the last finished with metrics; exit 0."""
    path = tmp_path / "e.json"
    path.write_text('{"data": {"source": "digits"}, "training": {"epochs": 1}}')
    assert main(["run", str(path), "--out", str(tmp_path / "out")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [lines[0]["event"], lines[-1]["event"]] == ["started", "finished"]
    assert lines[-1]["metrics"]["rows"] == 359
    assert {"experiment.json", "history.csv", "metrics.json", "autoencoder.keras"} <= {
        file.name for file in (tmp_path / "out").iterdir()
    }


def test_a_run_tells_what_was_read_and_what_was_left_out(tmp_path):
    """Columns that are ignored, and rows that its options do not take, each with why."""
    path = tmp_path / "a.tsv"
    rows = "".join(f"{i % 7},5\t{i % 5},25\tname {i}\n" for i in range(60))
    path.write_text(f"a\tb\tname\n{rows}")
    data = {"source": str(path), "reading": {"decimal": "comma"}, "rows": 40}
    result = train(Experiment(data=data, training={"epochs": 1}))
    [told] = [event for event in result.events if event["event"] == "data"]
    assert (told["rows"], told["columns"]) == (60, 3)
    assert told["rows_left_out"] == [{"count": 20, "why": "beyond the chosen number of rows"}]
    assert told["columns_left_out"] == [{"name": "name", "why": "unique in each row"}]
    assert "Line 1 names the columns." in told["notes"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{", "not valid JSON"),
        ("[]", "JSON object"),
        ('{"training": {"epochs": 0}}', "greater than or equal to 1"),
        ('{"data": {"source": "/no/such.npz"}}', "There is no file"),
    ],
)
def test_command_line_refuses_bad_input_in_a_sentence(tmp_path, capsys, text, word):
    """Exit 2, one line on standard error, nothing on standard output."""
    path = tmp_path / "e.json"
    path.write_text(text)
    assert main(["run", str(path)]) == 2
    said = capsys.readouterr()
    assert word in said.err
    assert len(said.err.splitlines()) == 1
    assert said.out == ""


def test_command_line_reports_a_failed_run(tmp_path, capsys):
    """A run that diverges exits 1 after a failed event."""
    path = tmp_path / "e.json"
    wild = {"loss": "mse", "optimizer": "sgd", "learning_rate": 10.0, "epochs": 50}
    backbone = {"activation": "linear"}
    path.write_text(
        json.dumps(
            {
                "data": {"source": "digits"},
                "preprocessing": {"scaling": "none"},
                "model": {"backbone": backbone},
                "training": wild,
            }
        )
    )
    assert main(["run", str(path)]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out.splitlines()[-1])["event"] == "failed"
    assert "smaller learning rate" in said.err


def test_command_line_lists_schema_and_data_sets(capsys):
    """Both print without Keras."""
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Experiment"
    assert main(["datasets"]) == 0
    assert "mnist-5k" in capsys.readouterr().out
