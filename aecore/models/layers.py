"""Keras layers of our own, registered so that a saved model loads in safe mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, runtime_checkable

import keras
from keras import ops

_encoder_at_hand: ContextVar[keras.Model | None] = ContextVar("encoder", default=None)


@runtime_checkable
class Portable(Protocol):
    """A layer of our own that can be said in Keras's own layers, for files that others load."""

    def in_keras_layers(self, inputs: Any, name: str) -> Any:
        """What it makes of symbolic inputs after training; the layer that gives it has the name."""


@contextmanager
def tied_to_encoder(encoder: keras.Model) -> Iterator[None]:
    """Decoders that are deserialised meanwhile use this encoder's kernels."""
    token = _encoder_at_hand.set(encoder)
    yield
    _encoder_at_hand.reset(token)


@keras.saving.register_keras_serializable(package="aecore")
class TransposedDense(keras.layers.Layer):
    """A dense layer whose kernel is that of another, turned around: activation(x Wᵀ + b).

    Made with `source` it trains the source's kernel. Loaded with its encoder it does so again;
    in a decoder loaded alone it has a copy.
    """

    def __init__(
        self,
        units: int,
        activation: Any = None,
        source: keras.layers.Dense | None = None,
        tied_to: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.activation = keras.activations.get(activation)
        self.tied_to = tied_to if source is None else source.name
        # In a closure, for the source belongs to the encoder and is saved there.
        self._borrowed = None if source is None else (lambda: source.kernel)

    def build(self, input_shape: Any) -> None:
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        if self._borrowed is None:
            self.own_kernel = self.add_weight(shape=(self.units, input_shape[-1]), name="kernel")

    @property
    def kernel(self) -> Any:
        """The source's kernel: (units, inputs) as seen from here."""
        return self.own_kernel if self._borrowed is None else self._borrowed()

    def call(self, inputs: Any) -> Any:
        return self.activation(ops.matmul(inputs, ops.transpose(self.kernel)) + self.bias)

    def in_keras_layers(self, inputs: Any, name: str) -> Any:
        """A dense layer with a copy of the kernel, turned around."""
        dense = keras.layers.Dense(self.units, self.activation, name=name)
        made = dense(inputs)
        kernel = ops.transpose(self.kernel)
        dense.set_weights([ops.convert_to_numpy(part) for part in (kernel, self.bias)])
        return made

    def save_own_variables(self, store: Any) -> None:
        store["kernel"] = ops.convert_to_numpy(self.kernel)
        store["bias"] = ops.convert_to_numpy(self.bias)

    def load_own_variables(self, store: Any) -> None:
        self.kernel.assign(store["kernel"])
        self.bias.assign(store["bias"])

    def get_config(self) -> dict[str, Any]:
        activation = keras.activations.serialize(self.activation)
        own = {"units": self.units, "activation": activation, "tied_to": self.tied_to}
        return {**super().get_config(), **own}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> TransposedDense:
        encoder = _encoder_at_hand.get()
        source = None if encoder is None else encoder.get_layer(config["tied_to"])
        return cls(**config, source=source)


@keras.saving.register_keras_serializable(package="aecore")
class KeepLargest(keras.layers.Layer):
    """The `count` largest values of a code (n, k) stay, all others become 0.

    In training and after it: Makhzani and Frey, k-Sparse Autoencoders, 2014.
    """

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count

    def call(self, inputs: Any) -> Any:
        if self.count >= inputs.shape[-1]:
            return inputs
        return inputs * self._kept(inputs)

    def in_keras_layers(self, inputs: Any, name: str) -> Any:
        """The code times 1 where it is kept and 0 elsewhere."""
        return keras.layers.Multiply(name=name)([inputs, self._kept(inputs)])

    def _kept(self, inputs: Any) -> Any:
        """(n, k) 1 where a value is kept, else 0."""
        _, places = ops.top_k(inputs, self.count)
        return ops.sum(ops.one_hot(places, inputs.shape[-1]), axis=-2)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "count": self.count}
