"""Schedules: how the learning rate changes while training goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

PLATEAU_FACTOR = 0.5
PLATEAU_PATIENCE = 5


def learning_rate(schedule: str, rate: float, steps: int) -> Any:
    """What an optimizer takes: the rate itself, or its cosine decay to 0 over all steps.

    Source: Loshchilov and Hutter, SGDR, ICLR 2017.
    """
    if schedule != "cosine":
        return rate
    import keras

    return keras.optimizers.schedules.CosineDecay(rate, steps)


def callbacks(schedule: str) -> list[keras.callbacks.Callback]:
    """What changes the rate by how training goes: on a plateau of validation loss it is halved."""
    if schedule != "plateau":
        return []
    import keras

    return [
        keras.callbacks.ReduceLROnPlateau(
            monitor="val_loss", mode="min", factor=PLATEAU_FACTOR, patience=PLATEAU_PATIENCE
        )
    ]
