"""The loop: what it trains on, its events, its stop, and that Keras callbacks work."""

import json
import random
import threading

import keras
import numpy as np
import pytest

from aecore import Experiment, TrainingError, train
from aecore.runs.run_view import RunView
from aecore.training import loop
from aecore.training.compiled_models import CompiledModelCache


def digits(**changes):
    """A quick experiment on small digits."""
    base = {"training.epochs": 3, "training.batch_size": 128, "seed": 1}
    return Experiment(data={"source": "digits"}).replace(
        base | {path.replace("__", "."): value for path, value in changes.items()}
    )


def test_same_seed_same_history():
    """Two runs of one experiment agree to the last digit; another seed does not."""
    first, second = train(digits()), train(digits())
    assert first.history == second.history
    assert train(digits(seed=2)).history != first.history


@pytest.mark.parametrize("bottleneck", ["plain", "variational", "adversarial"])
def test_a_busy_machine_changes_no_digit(bottleneck, monkeypatch):
    """Chunks as short as a slow machine's, and a thread that draws all the while, as Dask's do."""
    chosen = digits(**{"model.bottleneck.kind": bottleneck, "training__loss": "mse"})
    alone = train(chosen)
    monkeypatch.setattr(loop, "CHUNK_SECONDS", 0.0)
    done = threading.Event()

    def draw():
        while not done.is_set():
            random.sample(range(1000), 100)

    thread = threading.Thread(target=draw)
    thread.start()
    try:
        busy = train(chosen)
    finally:
        done.set()
        thread.join()
    assert busy.history == alone.history
    assert busy.metrics == alone.metrics


def test_loop_agrees_with_keras_on_one_full_batch():
    """With one batch an epoch, the loop takes exactly the steps that `fit` takes."""
    from aecore.data import load
    from aecore.data.prepare.preparing import prepare
    from aecore.models.building import build

    experiment = digits(training__batch_size=2000, training__epochs=4)
    ours = train(experiment)
    x = prepare(experiment.preparation_options, load("digits")).train
    keras.utils.set_random_seed(experiment.seed)
    model = build(experiment.design, x.shape[1:])
    model.compile(optimizer=keras.optimizers.Adam(0.001))
    theirs = model.fit(x, batch_size=len(x), epochs=4, verbose=0).history
    assert ours.history["loss"] == pytest.approx(theirs["loss"], rel=1e-4)


def test_every_row_is_seen_once_an_epoch():
    """The optimizer takes a step a batch, the short last one included."""
    result = train(digits(training__epochs=2))
    assert int(result.autoencoder.optimizer.iterations) == 2 * np.ceil(1438 / 128)


def test_loss_is_the_sum_of_its_terms():
    """Logged loss equals the logged reconstruction, in training and validation."""
    history = train(digits()).history
    assert history["loss"] == pytest.approx(history["reconstruction"])
    assert history["val_loss"] == pytest.approx(history["val_reconstruction"])


def test_validation_loss_is_that_of_the_held_out_rows():
    """The last validation loss equals the loss measured afterwards on all held-out rows."""
    result = train(digits())
    assert result.history["val_loss"][-1] == pytest.approx(result.metrics["loss"], rel=1e-4)


def test_events_tell_the_whole_run_and_stay_small():
    """Started first, ended last, an epoch event each; all JSON of at most 64 KiB."""
    heard = []
    result = train(Experiment(training={"epochs": 2}), on_event=heard.append)
    assert [heard[0]["event"], heard[-1]["event"]] == ["started", "finished"]
    assert max(len(json.dumps(event, allow_nan=False)) for event in heard) <= 64 * 1024
    view = RunView.of(heard)
    assert view.history == result.history
    assert (view.state, view.epochs_done, view.metrics) == ("finished", 2, result.metrics)
    assert set(view.yardsticks["values"]) == {"mean", "pca", "entropy_floor"}
    assert view.snapshot["epoch"] == 2


def test_stop_keeps_what_was_learned():
    """Stopping ends training within the epoch, says so, and measures the model as it is."""
    heard = []

    def after_thirty_epochs():
        return sum(event["event"] == "epoch" for event in heard) >= 30

    result = train(
        digits(training__epochs=500), on_event=heard.append, should_stop=after_thirty_epochs
    )
    assert heard[-1]["event"] == "stopped"
    assert len(result.history["loss"]) == 30
    assert result.metrics["mse"] < result.metrics["mean_mse"]


def test_divergence_fails_with_cause_and_keeps_the_curve():
    """A loss that is no number names the epoch and what to try."""
    heard = []
    wild = digits(
        training__optimizer="sgd",
        training__learning_rate=10.0,
        training__loss="mse",
        preprocessing__scaling="none",
        model__backbone__activation="linear",
        training__epochs=50,
    )
    with pytest.raises(TrainingError, match="diverged at epoch"):
        train(wild, on_event=heard.append)
    view = RunView.of(heard)
    assert view.state == "failed"
    assert "smaller learning rate" in view.remedy


def test_early_stopping_ends_early_with_the_best_weights():
    """Training ends before its last epoch, and figures are those of the best one."""
    result = train(
        digits(
            training__epochs=300,
            training__learning_rate=0.03,
            training__stop={"kind": "validation", "patience": 2},
        )
    )
    losses = result.history["val_loss"]
    assert len(losses) < 300
    assert result.metrics["best_epoch"] == int(np.argmin(losses)) + 1
    assert result.metrics["loss"] == pytest.approx(min(losses), rel=1e-4)


def test_keras_callbacks_are_called():
    """A Keras callback of the user's sees every epoch and can stop training."""
    seen = []

    class Mine(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            seen.append((epoch, set(logs)))
            self.model.stop_training = epoch == 1

    train(digits(training__epochs=9), callbacks=[Mine()])
    assert [epoch for epoch, _ in seen] == [0, 1]
    assert {"loss", "val_loss"} <= seen[0][1]


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "sgd", "adamw"])
def test_optimizer_and_rate_reach_keras(optimizer):
    """The compiled optimizer is the one chosen, with its learning rate."""
    model = train(
        digits(training__optimizer=optimizer, training__learning_rate=0.02, training__epochs=1)
    ).autoencoder
    assert type(model.optimizer).__name__.lower() == optimizer
    assert float(model.optimizer.learning_rate) == pytest.approx(0.02)


def test_schedule_and_clipping_reach_keras():
    """Cosine sinks to zero at the last step; a clipped gradient is what Keras was asked for."""
    model = train(
        digits(training__schedule="cosine", training__clip_norm=0.5, training__epochs=2)
    ).autoencoder
    assert model.optimizer.global_clipnorm == 0.5
    assert float(model.optimizer.learning_rate) == pytest.approx(0, abs=1e-6)


def test_plateau_halves_the_rate():
    """Where validation loss does not improve, the rate is halved."""
    model = train(
        digits(
            training__schedule="plateau",
            training__learning_rate=0.5,
            training__epochs=30,
        )
    ).autoencoder
    assert float(model.optimizer.learning_rate) <= 0.25


def test_a_bench_changes_nothing_but_time():
    """Runs on a bench have the curves of others, and their models are never touched again."""
    model_cache, experiment = CompiledModelCache(), digits(training__epochs=2)
    plain = train(experiment)
    first, other = (
        train(experiment, model_cache=model_cache),
        train(digits(training__epochs=2, seed=5), model_cache=model_cache),
    )
    weights = first.autoencoder.get_weights()
    again = train(experiment, model_cache=model_cache)
    assert first.history == again.history == plain.history != other.history
    for before, after, plainly in zip(
        weights, first.autoencoder.get_weights(), plain.autoencoder.get_weights(), strict=True
    ):
        assert np.array_equal(before, after)
        assert np.array_equal(before, plainly)
    assert first.autoencoder is not again.autoencoder
