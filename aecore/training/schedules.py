"""Schedules: how the learning rate changes while training goes on."""

from __future__ import annotations

from typing import Any


def learning_rate(schedule: str, rate: float, steps: int) -> Any:
    """What an optimizer takes: the rate itself, or its cosine decay to 0 over all steps.

    Source: Loshchilov and Hutter, SGDR, ICLR 2017.
    """
    if schedule != "cosine":
        return rate
    import keras

    return keras.optimizers.schedules.CosineDecay(rate, steps)
