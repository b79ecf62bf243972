"""Options of training: loss, optimizer, learning rate, epochs, batches, when to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from aecore.models.losses import LOSSES
from aecore.settings import OneOf, Settings, optional_setting, setting, settings_of
from aecore.training.optimizers import OPTIMIZERS
from aecore.training.schedules import SCHEDULES
from aecore.training.stops import STOPS
from aecore.training.stops.epochs import AfterAllEpochs

if TYPE_CHECKING:
    Stop = AfterAllEpochs
else:
    Stop = settings_of(STOPS)


class TrainingSettings(Settings):
    """What to minimise, how, and for how long."""

    loss: Annotated[str, OneOf(LOSSES)] = setting(
        "mse", "Loss", "How the reconstruction error is measured."
    )
    optimizer: Annotated[str, OneOf(OPTIMIZERS)] = setting(
        "adam", "Optimizer", "The algorithm that updates the weights."
    )
    learning_rate: float = setting(
        0.001,
        "Learning rate",
        "Size of each update: too small is slow, too large diverges.",
        ge=1e-6,
        le=10.0,
        log=True,
    )
    epochs: int = setting(20, "Epochs", "Passes over the training rows.", ge=1, le=2000)
    batch_size: int = setting(
        256, "Batch size", "Rows used for each update of the weights.", ge=1, le=8192
    )
    schedule: Annotated[str, OneOf(SCHEDULES)] = setting(
        "constant",
        "Learning rate over time",
        "How the size of an update changes while training goes on.",
        advanced=True,
    )
    clip_norm: float | None = optional_setting(
        1.0,
        "Gradient clipping",
        "Steps whose gradient is longer than this are shortened to it.",
        ge=1e-4,
        le=1e4,
    )
    stop: Stop = Field(default_factory=AfterAllEpochs)
