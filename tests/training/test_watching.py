"""What early stopping and the plateau schedule watch: what can be compared between epochs."""

from types import SimpleNamespace

import numpy as np
import pytest

from aecore import Experiment, train
from aecore.errors import DataError
from aecore.training.watching import BestWeights, HalvesOnPlateau, Watched


def rates(losses, watched=None, optimizers=1):
    """The rates after each epoch of these validation losses, from 1 on."""
    callback = HalvesOnPlateau(watched or Watched())
    own = [SimpleNamespace(learning_rate=1.0) for _ in range(optimizers)]
    callback.set_model(SimpleNamespace(optimizers=own))
    found = []
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        found.append([optimizer.learning_rate for optimizer in own])
    return np.array(found)


@pytest.mark.parametrize("scale", [1.0, 1e-6, -1.0])
def test_a_plateau_is_relative(scale):
    """Losses that get better by a hundredth are no plateau, however small; equal ones are."""
    better = scale * (0.99 if scale > 0 else 1.01) ** np.arange(30)
    assert (rates(better) == 1.0).all()
    assert rates(np.full(12, scale))[:, 0].tolist() == [1.0] * 5 + [0.5] * 5 + [0.25] * 2


def test_a_plateau_slows_all_optimizers_and_not_within_a_warm_up():
    """Three rates are halved together; epochs of the warm-up are not counted."""
    assert rates(np.ones(6), optimizers=3)[-1].tolist() == [0.5] * 3
    assert rates(np.ones(14), Watched(warm_up=10))[-1] == 1.0
    assert rates(np.ones(15), Watched(warm_up=10))[-1] == 0.5


def test_terms_that_mean_something_else_in_each_epoch_are_left_out():
    """What is watched is the loss without them."""
    watched = Watched(left_out=("adversarial",))
    assert watched.value({"val_loss": 3.0, "val_adversarial": 2.5}) == 0.5
    assert BestWeights(watched, 3).get_monitor_value({"val_loss": 3, "val_adversarial": 1}) == 2


def test_early_stopping_keeps_no_untrained_adversarial_autoencoder():
    """The fooling term rises from the first epoch on; the reconstruction is what is watched."""
    result = train(
        Experiment().replace(
            {
                "data.source": "digits",
                "model.bottleneck.kind": "adversarial",
                "training.epochs": 12,
                "training.stop": {"kind": "validation", "patience": 3},
            }
        )
    )
    history = result.history
    apart = np.add(history["val_adversarial"], history["val_mmd"])
    reconstruction = np.subtract(history["val_loss"], apart)
    assert result.metrics["best_epoch"] == int(np.argmin(reconstruction)) + 1 > 4
    assert result.metrics["mse"] < result.metrics["mean_mse"]


def warming(**changes):
    """A VAE of digits whose β grows over six epochs."""
    base = {
        "data.source": "digits",
        "model.bottleneck": {"kind": "variational", "beta": 2.0, "warm_up_epochs": 6},
        "training.batch_size": 256,
        "training.epochs": 20,
    }
    return Experiment().replace(base | changes)


def test_a_warm_up_is_validated_at_the_full_weight():
    """Validation counts β · KL from the first epoch, training what β has come to."""
    history = train(warming(**{"training.epochs": 2})).history
    assert history["val_beta_kl"] == pytest.approx(2.0 * np.array(history["val_kl"]), rel=1e-4)
    assert history["beta_kl"][0] < 0.2 * history["kl"][0]


def test_early_stopping_waits_for_the_end_of_a_warm_up():
    """Losses that only get worse end training a patience after the warm-up, not before."""
    stopping = BestWeights(Watched(warm_up=6), patience=2)
    model = SimpleNamespace(stop_training=False, get_weights=list, set_weights=lambda _: None)
    stopping.set_model(model)
    stopping.on_train_begin()
    assert stopping.kept_epoch is None
    stopped = []
    for epoch in range(8):
        stopping.on_epoch_end(epoch, {"val_loss": 1.0 + epoch})
        stopped.append(model.stop_training)
    assert stopped == [False] * 7 + [True]
    assert stopping.kept_epoch == 1


def test_nothing_to_watch_is_told_before_training():
    """Windows of one class, of which all held out for validation reach into those for testing."""
    chosen = Experiment().replace(
        {
            "data.source": "sensor-stream",
            "data.classes": ["normal"],
            "data.rows": 12_000,
            "data.validation_fraction": 0.01,
            "data.test_fraction": 0.1,
            "preprocessing.window_length": 120,
            "preprocessing.window_stride": 20,
            "training.loss": "mse",
        }
    )
    for watching in ({"training.stop.kind": "validation"}, {"training.schedule": "plateau"}):
        with pytest.raises(DataError, match="no sample is left to work it out on"):
            train(chosen.replace(watching))
