"""Training on blocks of rows from files: as in memory, stoppable, and honest about its data."""

import json

import keras
import numpy as np
import pandas as pd
import pytest

from aecore import Experiment, TrainingError, train
from aecore.cli import main
from aecore.data import loading
from aecore.runs.run_view import RunView
from tests.data.conftest import limit  # noqa: F401
from tests.data.test_shards import shards

ROWS, BATCH = 3000, 64


@pytest.fixture
def source(tmp_path):
    """A folder of shards of rows in a subspace of three dimensions."""
    random = np.random.default_rng(0)
    x = random.normal(size=(ROWS, 3)) @ random.normal(size=(3, 8))
    whole = pd.DataFrame(x.astype(np.float32), columns=[f"c{i}" for i in range(8)])
    return shards(tmp_path / "table", whole, rows_a_group=250)


def experiment(source, **changes):
    """Three numbers of code for three dimensions, the last rows held out."""
    base = {"training.epochs": 3, "training.batch_size": BATCH, "training.learning_rate": 0.01}
    return Experiment(
        data={"source": source, "split": "ordered"},
        model={"encoding_dim": 3, "backbone": {"units": []}},
        preprocessing={"scaling": "standardize"},
        training={"loss": "mse"},
    ).replace(base | changes)


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of four batches, so that an epoch has ten."""
    monkeypatch.setattr("aecore.data.prepare.row_blocks.BLOCK_ROWS", 4 * BATCH + 1)


@pytest.mark.usefixtures("small_blocks")
def test_a_stream_learns_what_memory_learns(source, tmp_path, limit):  # noqa: F811
    """Same rows, same steps, same keys; the losses differ by the order of rows alone."""
    file = str(tmp_path / "one.parquet")
    pd.concat(
        [pd.read_parquet(path) for path in sorted((tmp_path / "table").iterdir())]
    ).to_parquet(file, index=False)
    heard = []
    streamed = train(experiment(source, **{"training.epochs": 8}), on_event=heard.append)
    in_memory = train(experiment(file, **{"training.epochs": 8}))
    assert set(streamed.history) == set(in_memory.history)
    # Eight epochs of 38 steps each way; another order of rows moves the loss by about a tenth.
    assert streamed.metrics["mse"] == pytest.approx(in_memory.metrics["mse"], rel=0.2)
    assert streamed.metrics["mse"] < 0.5 * streamed.metrics["mean_mse"]
    for name in ("measured_on", "rows", "pca_mse", "mean_mse"):
        assert streamed.metrics[name] == pytest.approx(in_memory.metrics[name], abs=1e-6)
    steps = int(streamed.autoencoder.optimizer.iterations)
    assert steps == int(in_memory.autoencoder.optimizer.iterations) == 8 * -(-2400 // BATCH)
    view = RunView.of(heard)
    assert (view.state, view.history) == ("finished", streamed.history)
    assert heard[0]["rows"] == {"train": 2400, "validation": 600, "test": 0}
    assert view.snapshot["epoch"] == 8


@pytest.mark.usefixtures("small_blocks")
def test_batches_come_in_order_and_the_same_seed_gives_the_same_run(source):
    """Callbacks count the batches of an epoch through all its blocks, with XLA or without."""
    ended = []

    def remember(batch, logs):
        ended.append(batch)

    # Long enough for XLA to pay.
    long = experiment(source, **{"training.epochs": 14})
    first = train(long, callbacks=[keras.callbacks.LambdaCallback(on_train_batch_end=remember)])
    last = -(-2400 // BATCH) - 1
    ends = [place for place, batch in enumerate(ended) if batch == last]
    assert len(ends) == 14
    assert ended[: ends[0] + 1] == sorted(set(ended[: ends[0] + 1]))
    assert train(long).history == first.history


@pytest.mark.usefixtures("small_blocks")
def test_stop_acts_within_an_epoch(source):
    """The epoch that it breaks off is not in the history, and the model is measured."""
    asked, heard = [], []

    def at_the_twentieth_chunk():
        # Before training it is asked too, while the files are read.
        asked.extend([1] if heard else [])
        return len(asked) > 20

    endless = experiment(source, **{"training.epochs": 500})
    result = train(endless, on_event=heard.append, should_stop=at_the_twentieth_chunk)
    assert heard[-1]["event"] == "stopped"
    assert len(result.history.get("loss", [])) < 20
    assert result.metrics["rows"] == 600


def test_early_stopping_and_the_table_s_size_reach_the_figures(source, monkeypatch):
    """The best weights are kept; of many held-out rows some are measured, and both counts told."""
    monkeypatch.setattr("aecore.data.prepare.streamed.KEPT_ROWS", 200)
    result = train(
        experiment(
            source,
            **{
                "training.epochs": 200,
                "training.learning_rate": 0.05,
                "training.stop": {"kind": "validation", "patience": 2},
            },
        )
    )
    assert result.metrics["epochs"] < 200
    assert result.metrics["best_epoch"] == result.metrics["epochs"] - 2
    assert (result.metrics["rows"], result.metrics["of_rows"]) == (200, 600)


def test_files_that_change_while_they_train_end_the_run_in_a_sentence(source, tmp_path):
    """A shard that goes away between two epochs."""
    heard = []

    def remove(epoch, logs):
        (tmp_path / "table" / "1.parquet").unlink(missing_ok=True)

    with pytest.raises(TrainingError, match="changed or went away"):
        train(
            experiment(source),
            on_event=heard.append,
            callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=remove)],
        )
    assert heard[-1]["event"] == "failed"


def test_the_command_line_trains_on_a_folder_of_shards(source, tmp_path, capsys):
    """As on any file; robust scaling is refused there with what to do."""
    path = tmp_path / "e.json"
    path.write_text(experiment(source, **{"training.epochs": 1}).to_json())
    assert main(["run", str(path), "--out", str(tmp_path / "out")]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (last["event"], last["metrics"]["rows"]) == ("finished", 600)
    assert last["metrics"]["data_digest"] == loading.describe_source(source).digest
    given = json.loads(path.read_text())
    given["preprocessing"]["scaling"] = "robust"
    path.write_text(json.dumps(given))
    assert main(["run", str(path)]) == 2
    assert "Standardise" in capsys.readouterr().err
