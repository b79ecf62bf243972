"""Early stopping and halving of the rate: what follows from how an epoch went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

PLATEAU_FACTOR = 0.5
PLATEAU_PATIENCE = 5
# Share of the best value so far by which another must be lower to count as better.
PLATEAU_THRESHOLD = 1e-4


@dataclass(frozen=True)
class Watched:
    """The validation loss as it can be compared between epochs.

    Attributes:
        left_out: terms of the loss that mean something else in each epoch.
        warm_up: epochs at the beginning that say nothing about what comes after.
    """

    left_out: tuple[str, ...] = ()
    warm_up: int = 0

    def value(self, logs: Mapping[str, Any]) -> float:
        """The watched value of an epoch's logs."""
        rest = sum(float(logs.get(f"val_{name}", 0.0)) for name in self.left_out)
        return float(logs["val_loss"]) - rest


class BestWeights(keras.callbacks.EarlyStopping):
    """Ends training some epochs after the best one, and brings that one's weights back.

    Patience is counted from the end of the warm-up; the best epoch may be any.
    """

    def __init__(self, watched: Watched, patience: int) -> None:
        super().__init__("val_loss", mode="min", patience=patience, restore_best_weights=True)
        self._watched = watched

    @property
    def kept_epoch(self) -> int | None:
        """The epoch (from 1) whose weights are kept; None before the first has ended."""
        return None if self.best_weights is None else self.best_epoch + 1

    @property
    def followed(self) -> Mapping[str, list[float]]:
        """Nothing beside the losses."""
        return {}

    def get_monitor_value(self, logs: Mapping[str, Any] | None) -> float:
        return self._watched.value(logs or {})

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        if epoch < self._watched.warm_up:
            # Keras adds one to it, and then compares it with the patience.
            self.wait = -1
        super().on_epoch_end(epoch, logs)


class LeastEntropy(keras.callbacks.Callback):
    """Keeps the weights of the epoch at which a value was least, and brings them back at the end.

    Args:
        value_of: the value of a model as it is after an epoch.
        patience: epochs without a lower value before training ends.
    """

    def __init__(self, value_of: Callable[[keras.Model], float], patience: int) -> None:
        super().__init__()
        self._value_of, self._patience = value_of, patience
        self._values: list[float] = []
        self._weights: list[np.ndarray] | None = None

    @property
    def kept_epoch(self) -> int | None:
        """The epoch (from 1) whose weights are kept; None before the first has ended."""
        return int(np.argmin(self._values)) + 1 if self._values else None

    @property
    def followed(self) -> Mapping[str, list[float]]:
        """The entropy of the errors after each epoch, in nats."""
        return {"loss_entropy": self._values}

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        value = self._value_of(self.model)
        if not self._values or value < min(self._values):
            self._weights = self.model.get_weights()
        self._values.append(value)
        if len(self._values) - (self.kept_epoch or 0) >= self._patience:
            self.model.stop_training = True

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        if self._weights is not None:
            self.model.set_weights(self._weights)


class HalvesOnPlateau(keras.callbacks.Callback):
    """Halves the rates of all optimizers where the watched value no longer falls.

    Keras's own `ReduceLROnPlateau` knows an absolute threshold alone, which a small loss cannot
    reach, and one optimizer.
    """

    def __init__(self, watched: Watched) -> None:
        super().__init__()
        self._watched = watched
        self._best: float | None = None
        self._waited = 0

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        value = self._watched.value(logs or {})
        if self._best is None or value < self._best - PLATEAU_THRESHOLD * abs(self._best):
            self._best, self._waited = value, 0
            return
        if epoch < self._watched.warm_up:
            return
        self._waited += 1
        if self._waited >= PLATEAU_PATIENCE:
            self._waited = 0
            for optimizer in self.model.optimizers:
                optimizer.learning_rate = float(optimizer.learning_rate) * PLATEAU_FACTOR
