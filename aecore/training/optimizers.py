"""Optimizers: how each step follows the gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OptimizerSpec:
    """One optimizer: its name, title, one sentence, and its class in `keras.optimizers`.

    `adapts` tells whether it divides each step by the gradient's own size.
    """

    name: str
    title: str
    summary: str
    keras_class: str
    adapts: bool = True

    def build(self, learning_rate: Any, clip_norm: float | None = None) -> Any:
        """The Keras optimizer with this learning rate, or a schedule of rates.

        Args:
            clip_norm: gradients, all weights' together, longer than this are shortened to it.
        """
        import keras

        make = getattr(keras.optimizers, self.keras_class)
        return make(learning_rate=learning_rate, global_clipnorm=clip_norm)


OPTIMIZERS = {
    spec.name: spec
    for spec in (
        OptimizerSpec(
            "adam", "Adam", "Adapts the step size of each weight; a good default.", "Adam"
        ),
        OptimizerSpec(
            "rmsprop",
            "RMSprop",
            ("Adapts the step size of each weight, without momentum."),
            "RMSprop",
        ),
        OptimizerSpec(
            "sgd",
            "SGD",
            ("Stochastic gradient descent with momentum; needs a larger learning rate."),
            "SGD",
            adapts=False,
        ),
        OptimizerSpec("adamw", "AdamW", "Adam with weight decay.", "AdamW"),
    )
}
