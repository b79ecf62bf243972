"""The loop: what it trains on, its events, its stop, and that Keras callbacks work."""

import json

import keras
import numpy as np
import pytest

from aecore import Experiment, TrainingError, train
from aecore.training import events
from aecore.training.events import RunView


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


def test_loop_agrees_with_keras_on_one_full_batch():
    """With one batch an epoch, the loop takes exactly the steps that `fit` takes."""
    from aecore.data import load
    from aecore.data.prepared import prepare
    from aecore.models.building import build

    experiment = digits(training__batch_size=2000, training__epochs=4)
    ours = train(experiment)
    x = prepare(experiment, load("digits")).train
    keras.utils.set_random_seed(experiment.seed)
    model = build(experiment, x.shape[1:])
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
    assert max(len(json.dumps(event, allow_nan=False)) for event in heard) <= events.MAX_EVENT_BYTES
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
            training__early_stopping={"patience": 2},
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


@pytest.fixture(scope="module")
def base_run():
    """The run that each control is to change."""
    return train(digits(training__loss="mae", training__epochs=3, training__learning_rate=0.05))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("training.loss", "mse"),
        ("training.optimizer", "sgd"),
        ("training.learning_rate", 0.01),
        ("training.epochs", 2),
        ("training.batch_size", 64),
        ("model.encoding_dim", 3),
        ("model.backbone.units", [7]),
        ("model.backbone.activation", "tanh"),
        ("model.output_activation", "linear"),
        ("preprocessing.scaling", "standardize"),
        ("data.source", "breast-cancer"),
        ("data.validation_fraction", 0.4),
        ("data.test_fraction", 0.1),
        ("data.split", "ordered"),
        ("seed", 7),
    ],
)
def test_every_control_changes_the_run(path, value, base_run):
    """No control is a dummy: each changes history or what is measured."""
    changed = train(base_run.experiment.replace({path: value}))
    seen = [(r.history, r.metrics["rows"], r.metrics["measured_on"]) for r in (base_run, changed)]
    assert seen[0] != seen[1]


def test_every_control_is_in_the_test_above():
    """A new control must be added to the list of those that reach the engine."""
    from aecore.settings import controls

    marks = test_every_control_changes_the_run.pytestmark
    listed = {path for path, _ in marks[0].args[1]}
    offered = {c.path for c in controls(digits()) if c.kind != "choice" or len(c.choices) > 1}
    assert offered == listed | {"training.early_stopping"}, "early stopping has its own test"


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "sgd", "adamw"])
def test_optimizer_and_rate_reach_keras(optimizer):
    """The compiled optimizer is the one chosen, with its learning rate."""
    model = train(
        digits(training__optimizer=optimizer, training__learning_rate=0.02, training__epochs=1)
    ).autoencoder
    assert type(model.optimizer).__name__.lower() == optimizer
    assert float(model.optimizer.learning_rate) == pytest.approx(0.02)
