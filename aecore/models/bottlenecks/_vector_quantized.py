"""How a vector-quantised autoencoder is trained."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from aecore.models.autoencoder import Autoencoder, Terms
from aecore.models.batched import in_batches
from aecore.models.bottlenecks._vector_quantized_options import VectorQuantizedBottleneck

# Decay and smoothing of the moving averages: van den Oord et al. 2017, appendix A.1.
DECAY = 0.99
SMOOTHING = 1e-5
# Entries used less than this a batch, on average, are woken: Dhariwal et al., Jukebox, 2020.
DEAD_BELOW = 0.03


@keras.saving.register_keras_serializable(package="aecore")
class Codebook(keras.layers.Layer):
    """Replaces each vector of a code (n, k) by its nearest entry; gradients pass straight through.

    Args:
        size: number of entries.
        width: numbers in each; it divides k.
        ema: whether entries are moving averages instead of trained weights.
    """

    def __init__(self, size: int, width: int, ema: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size, self.width, self.ema = size, width, ema
        self.random = keras.random.SeedGenerator()

    def build(self, input_shape: Any) -> None:
        shape = (self.size, self.width)
        spread = keras.initializers.RandomNormal(stddev=0.1)
        self.entries = self.add_weight(
            shape=shape, initializer=spread, trainable=not self.ema, name="entries"
        )
        if self.ema:
            self.uses = self.add_weight(
                shape=(self.size,), initializer="ones", trainable=False, name="uses"
            )
            self.sums = self.add_weight(
                shape=shape, initializer="zeros", trainable=False, name="sums"
            )
            self.sums.assign(self.entries)

    def choose(self, code: Any) -> Any:
        """(n, k/width) index of the entry nearest to each vector."""
        vectors = ops.reshape(code, (-1, self.width))
        distances = ops.sum(ops.square(self.entries), axis=1) - 2.0 * ops.matmul(
            vectors, ops.transpose(self.entries)
        )
        return ops.reshape(ops.argmin(distances, axis=1), (-1, code.shape[-1] // self.width))

    def lookup(self, choices: Any, width: int) -> Any:
        """The code (n, width) that choices stand for."""
        return ops.reshape(ops.take(self.entries, choices, axis=0), (-1, width))

    def call(self, code: Any) -> Any:
        quantized = self.lookup(self.choose(code), code.shape[-1])
        return code + ops.stop_gradient(quantized - code)

    def in_keras_layers(self, code: Any) -> tuple[Any, Any]:
        """Of a symbolic code: the quantised code (n, k), and the choices (n, k/width)."""
        entries = np.asarray(self.entries)
        vectors = keras.layers.Reshape((-1, self.width), name="vectors")(code)
        distances = keras.layers.Dense(self.size, name="distances")
        choices = ops.argmin(distances(vectors), axis=-1)
        # The squared distance without ‖vector‖², which all entries have in common: see `choose`.
        distances.set_weights([-2.0 * entries.T, np.square(entries).sum(axis=1)])
        lookup = keras.layers.Embedding(self.size, self.width, name=self.name)
        quantized = lookup(choices)
        lookup.set_weights([entries])
        return keras.layers.Reshape(code.shape[1:], name="quantized")(quantized), choices

    def follow(self, code: Any, choices: Any) -> None:
        """Move each entry to the running mean of the vectors that chose it."""
        vectors = ops.reshape(code, (-1, self.width))
        chosen = ops.one_hot(ops.reshape(choices, (-1,)), self.size)
        self.uses.assign(DECAY * self.uses + (1 - DECAY) * ops.sum(chosen, axis=0))
        new = ops.matmul(ops.transpose(chosen), vectors)
        self.sums.assign(DECAY * self.sums + (1 - DECAY) * new)
        total = ops.sum(self.uses)
        # Laplace smoothing, so that an entry without uses is not divided by zero.
        smoothed = (self.uses + SMOOTHING) / (total + self.size * SMOOTHING) * total
        self.entries.assign(self.sums / smoothed[:, None])
        self._wake(vectors)

    def _wake(self, vectors: Any) -> None:
        """Move entries that hardly anything chooses to where there are vectors."""
        dead = self.uses < DEAD_BELOW
        picked = keras.random.randint((self.size,), 0, ops.shape(vectors)[0], seed=self.random)
        found = ops.take(vectors, picked, axis=0)
        self.entries.assign(ops.where(dead[:, None], found, self.entries))
        self.sums.assign(ops.where(dead[:, None], found, self.sums))
        self.uses.assign(ops.where(dead, ops.ones_like(self.uses), self.uses))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "size": self.size, "width": self.width, "ema": self.ema}


@keras.saving.register_keras_serializable(package="aecore")
class VectorQuantizedAutoencoder(Autoencoder):
    """Minimises reconstruction + ‖sg[z] − e‖² + commitment·‖z − sg[e]‖², means over the code.

    The encoder gives the quantised code, and that is what the decoder gets.
    """

    diagnostics = ("perplexity",)

    @property
    def settings(self) -> VectorQuantizedBottleneck:
        """The bottleneck's options."""
        return VectorQuantizedBottleneck(**self.objective["bottleneck"])

    @property
    def bottleneck_terms(self) -> tuple[str, ...]:
        return ("commitment",) if self.settings.ema else ("codebook", "commitment")

    def make_encoder(self) -> keras.Model:
        settings = self.settings
        self.codebook = Codebook(
            settings.codebook_size, settings.vector_size, settings.ema, name="codebook"
        )
        return keras.Model(self.trunk.input, self.codebook(self.trunk.outputs[0]), name="encoder")

    def named_outputs(self, outputs: list[Any]) -> dict[str, Any]:
        code, indices = self.codebook.in_keras_layers(outputs[0])
        return {"code": code, "indices": indices}

    def encode(self, seen: Any, training: bool) -> tuple[Any, Terms]:
        code = self.trunk(seen, training=training)
        choices = self.codebook.choose(code)
        entries = self.codebook.lookup(choices, code.shape[-1])
        held = ops.mean(ops.square(code - ops.stop_gradient(entries)))
        terms = {"commitment": self.settings.commitment * held}
        if not self.settings.ema:
            terms["codebook"] = ops.mean(ops.square(ops.stop_gradient(code) - entries))
        elif training:
            self.codebook.follow(ops.stop_gradient(code), choices)
        self.track({"perplexity": self._perplexity(choices)}, seen)
        return code + ops.stop_gradient(entries - code), terms

    def choices(self, x: np.ndarray) -> np.ndarray:
        """(n, k/vector_size) which entries the samples' codes are made of."""
        return in_batches(lambda part: self.codebook.choose(self.trunk(part)), x, self.features)

    def _perplexity(self, choices: Any) -> Any:
        """exp(−Σ p log p) over a batch."""
        chosen = ops.one_hot(ops.reshape(choices, (-1,)), self.settings.codebook_size)
        share = ops.mean(chosen, axis=0)
        return ops.exp(-ops.sum(share * ops.log(share + 1e-10)))
