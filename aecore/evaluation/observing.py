"""`TrainingObserver`: snapshots and yardsticks of a run while it trains."""

from __future__ import annotations

import keras

from aecore.data.prepare.preparing import Prepared
from aecore.evaluation.baselines import Baselines, fit_baselines, yardsticks
from aecore.evaluation.measuring import given_to_model, seen_by_encoder
from aecore.experiment import Experiment
from aecore.models.autoencoder import Autoencoder
from aecore.training import events
from aecore.training.first_numbers import FirstNumbers
from aecore.training.snapshot_recorder import SnapshotRecorder, snapshot_epochs


class TrainingObserver(keras.callbacks.Callback):
    """Takes snapshots before and at chosen epochs, and works out the yardsticks after the first."""

    def __init__(self, experiment: Experiment, prepared: Prepared, emit: events.Emit) -> None:
        super().__init__()
        self._experiment, self._prepared, self._emit = experiment, prepared, emit
        self._epochs = snapshot_epochs(experiment.training.epochs)
        self._baselines: Baselines | None = None
        _, x, rows = prepared.watched
        self._seen = seen_by_encoder(experiment, prepared, x)
        self.snapshots = SnapshotRecorder(
            prepared,
            self._seen,
            given_to_model(experiment, prepared, self._seen, rows),
            experiment.model.encoding_dim,
            prepared.value_range,
        )

    @property
    def baselines(self) -> Baselines:
        """Mean and PCA of the training rows, worked out once."""
        if self._baselines is None:
            dimension = self._experiment.model.encoding_dim
            loss = self._experiment.training.loss
            self._baselines = fit_baselines(self._prepared.train, dimension, loss)
        return self._baselines

    def first_numbers(self, model: Autoencoder) -> FirstNumbers | None:
        """The samples of the snapshots with the first numbers of an ordered code; else None."""
        if not self._experiment.model.penalties.ordered:
            return None
        return self.snapshots.first_numbers(model)

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        self.snapshots.keep(self.model, 0)

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        if epoch + 1 in self._epochs or self.model.stop_training:
            self._emit(self.snapshots.record(self.model, epoch + 1))
        if epoch == 0:
            name, x, _ = self._prepared.watched
            found = yardsticks(self._experiment.training.loss, self.baselines, x, self._seen)
            self._emit(events.yardsticks(name, self._as_logged(found, x[0].size)))

    def _as_logged(self, losses: dict[str, float], features: int) -> dict[str, float]:
        """Mean losses as they stand in the logs, where a bottleneck may need them summed."""
        bottleneck, settings = self._experiment.bottleneck, self._experiment.model.bottleneck
        loss = self._experiment.training.loss
        return {
            name: bottleneck.scaled(settings, loss, features, value)
            for name, value in losses.items()
        }
