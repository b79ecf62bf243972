"""Optimizers: how each step follows the gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OptimizerSpec:
    """One optimizer: its name, title, one sentence, and its class in `keras.optimizers`."""

    name: str
    title: str
    summary: str
    keras_class: str

    def build(self, learning_rate: float) -> Any:
        """The Keras optimizer with this learning rate and otherwise Keras's defaults."""
        import keras

        return getattr(keras.optimizers, self.keras_class)(learning_rate=learning_rate)


OPTIMIZERS = {
    spec.name: spec
    for spec in (
        OptimizerSpec("adam", "Adam", "Adapts the step of each weight; rarely wrong.", "Adam"),
        OptimizerSpec("rmsprop", "RMSprop", "Adapts each step, without momentum.", "RMSprop"),
        OptimizerSpec("sgd", "SGD", "Plain steps; needs a larger learning rate.", "SGD"),
        OptimizerSpec("adamw", "AdamW", "Adam that also shrinks the weights a little.", "AdamW"),
    )
}
