"""Schedules: how the learning rate changes while training goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

    from aecore.training.watching import Watched


@dataclass(frozen=True)
class ScheduleSpec:
    """One schedule.

    Attributes:
        name: as in `training.schedule`.
        title: as on screen.
        summary: one sentence in plain words.
        rate: (rate at the start, training steps) -> what an optimizer takes; may import Keras.
        callbacks: (what is watched) -> what changes the rate by how training goes; imports Keras.
        watches_validation: whether it goes by the validation loss, so that rows must be held out.
    """

    name: str
    title: str
    summary: str
    rate: Callable[[float, int], Any] = lambda rate, steps: rate
    callbacks: Callable[[Watched], list[keras.callbacks.Callback]] = lambda watched: []
    watches_validation: bool = False


def cosine_decay(rate: float, steps: int) -> Any:
    """From the rate to 0 over all steps, along a cosine.

    Source: Loshchilov and Hutter, SGDR, ICLR 2017.
    """
    import keras

    return keras.optimizers.schedules.CosineDecay(rate, steps)


def halving_on_a_plateau(watched: Watched) -> list[keras.callbacks.Callback]:
    """A callback that halves the rate where the validation loss has stopped improving."""
    from aecore.training.watching import HalvesOnPlateau

    return [HalvesOnPlateau(watched)]


SCHEDULES = {
    spec.name: spec
    for spec in (
        ScheduleSpec("constant", "Constant", "The same rate from the first update to the last."),
        ScheduleSpec(
            "cosine", "Cosine", "Falls to zero by the last epoch, slowly at first.", cosine_decay
        ),
        ScheduleSpec(
            "plateau",
            "Plateau",
            "Halves the rate when the validation loss stops improving.",
            callbacks=halving_on_a_plateau,
            watches_validation=True,
        ),
    )
}
