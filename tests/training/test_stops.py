"""When training ends, and which epoch's weights are kept."""

from types import SimpleNamespace

import numpy as np
import pytest

from aecore import Experiment, train
from aecore.training.stops.loss_entropy import entropy
from aecore.training.watching import LeastEntropy


def test_entropy_of_errors():
    """ln n where all rows err alike, ln of the number that err at all, 0 where one row does."""
    assert entropy(np.full(8, 0.3)) == pytest.approx(np.log(8))
    assert entropy(np.array([2.0, 2.0, 0.0, 0.0])) == pytest.approx(np.log(2))
    assert entropy(np.array([0.0, 5.0, 0.0])) == 0.0
    assert entropy(np.zeros(4)) == pytest.approx(np.log(4))


class Model(SimpleNamespace):
    """Weights that are the number of the epoch."""

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights


@pytest.mark.parametrize(
    ("values", "patience", "kept", "trained"),
    [([3, 1, 2, 2, 2], 9, 2, 5), ([3, 1, 2, 2, 2], 2, 2, 4), ([3, 2, 1], 2, 3, 3)],
)
def test_the_weights_of_the_least_entropy_come_back(values, patience, kept, trained):
    """Training ends once the patience is over; the first of equal values counts."""
    model = Model(stop_training=False, weights=None)
    callback = LeastEntropy(lambda model: values[model.weights - 1], patience)
    callback.set_model(model)
    for epoch in range(len(values)):
        model.weights = epoch + 1
        callback.on_epoch_end(epoch)
        if model.stop_training:
            break
    assert epoch + 1 == trained
    callback.on_train_end()
    assert model.weights == kept == callback.kept_epoch


def test_a_run_keeps_the_epoch_of_the_least_entropy():
    """The history holds the entropy, the metrics the epoch; the errors are those of its weights."""
    result = train(
        Experiment().replace(
            {
                "data.source": "wine",
                "training.epochs": 12,
                "training.learning_rate": 0.05,
                "training.stop.kind": "loss-entropy",
            }
        )
    )
    followed = result.history["loss_entropy"]
    best = result.metrics["best_epoch"]
    assert len(followed) == 12 and best == int(np.argmin(followed)) + 1 < 12
    assert result.metrics["loss"] == pytest.approx(result.history["val_loss"][best - 1], rel=1e-4)
