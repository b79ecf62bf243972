"""The autoencoder: an encoder, a decoder and a loss that is a sum of named terms."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import ops

from aecore.models.batched import in_batches
from aecore.models.corruptions import CORRUPTIONS, corrupt_in_training
from aecore.models.layers import tied_to_encoder
from aecore.models.losses import LOSSES
from aecore.models.ordered_code import cut, mean_of
from aecore.models.penalties import Penalties
from aecore.models.penalty_terms import penalty_terms

WEIGHTED = ("l1", "l2", "activity_l1", "kl_sparsity", "contractive")

Terms = dict[str, Any]


@keras.saving.register_keras_serializable(package="aecore")
class Autoencoder(keras.Model):
    """Encoder and decoder trained to reconstruct their input; the plain bottleneck.

    `compute_loss` sums the terms of `loss_terms`; each is tracked under its name, so that the
    logged loss equals the sum of the logged terms. What `diagnostics` names is logged too, and is
    no part of the sum.

    Where the models take labels too, samples come with them: as [samples, one-hot labels], or, in
    training and measuring, as rows of both; see `with_labels`.

    Args:
        trunk: sample (n, *sample_shape) -> what the bottleneck makes a code (n, k) of.
        decoder: code (n, k) -> reconstruction (n, *sample_shape); its last layer is an activation.
        objective: plain data: `loss`, the settings `penalties`, `corruption` and `bottleneck`, and
            `value_range`, the least and the greatest value in training.
    """

    diagnostics: tuple[str, ...] = ()

    def __init__(
        self, trunk: keras.Model, decoder: keras.Model, objective: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.trunk = trunk
        self.decoder = decoder
        self.objective = objective
        self.encoder = self.make_encoder()
        self.loss_spec = LOSSES[objective["loss"]]
        self.penalties = Penalties(**objective["penalties"])
        noise = objective["corruption"]
        self.corruption = CORRUPTIONS[noise["kind"]].settings(**noise)
        self.random = keras.random.SeedGenerator()
        self.labels = int(decoder.inputs[1].shape[-1]) if len(decoder.inputs) > 1 else 0
        self._tracked = {
            name: keras.metrics.Mean(name) for name in (*self.term_names(), *self.diagnostics)
        }
        self._before_output = _untracked_values(decoder)
        self.built = True

    def make_encoder(self) -> keras.Model:
        """Sample -> latent code."""
        return self.trunk

    def named_outputs(self, outputs: list[Any]) -> dict[str, Any]:
        """What a kept encoder gives, by name, made of the trunk's outputs."""
        return {"code": outputs[0]}

    def term_names(self) -> tuple[str, ...]:
        """The names of what `loss_terms` gives."""
        return ("reconstruction", *self.bottleneck_terms, *self._penalty_names())

    @property
    def bottleneck_terms(self) -> tuple[str, ...]:
        """The names of the terms that the bottleneck adds."""
        return ()

    def call(self, inputs: Any, training: bool = False) -> Any:
        if isinstance(inputs, list | tuple):
            inputs = ops.concatenate([_rows(inputs[0]), inputs[1]], axis=-1)
        code = self.encoder(self.encoder_inputs(inputs), training=training)
        return self.decoder(self.decoder_inputs(code, inputs), training=training)

    @property
    def input_shape_with_label(self) -> tuple[int, ...]:
        """Shape of a sample as training gets it: with its label it is a row."""
        if self.labels:
            return (self.features + self.labels,)
        return tuple(self.trunk.inputs[0].shape[1:])

    @property
    def features(self) -> int:
        """Values in one sample, without its label."""
        return math.prod(self.trunk.inputs[0].shape[1:])

    def sample_of(self, given: Any) -> Any:
        """(n, *sample_shape) of what is given, as a tensor, without labels."""
        if not self.labels:
            return given
        return ops.reshape(given[:, : -self.labels], (-1, *self.trunk.inputs[0].shape[1:]))

    def encoder_inputs(self, given: Any) -> Any:
        """What the encoder takes of what is given."""
        return [self.sample_of(given), given[:, -self.labels :]] if self.labels else given

    def decoder_inputs(self, code: Any, given: Any) -> Any:
        """What the decoder takes: the code, with the labels of what is given."""
        return [code, given[:, -self.labels :]] if self.labels else code

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        """The loss of samples x whose clean versions are y; without y, x is clean."""
        terms = self.loss_terms(x, self.sample_of(x) if y is None else y, training)
        self.track(terms, x)
        return sum(terms.values())

    def loss_terms(self, seen: Any, clean: Any, training: bool) -> Terms:
        """The parts of the loss, each a scalar, for what the encoder sees and its clean target."""
        code, terms = self.encode(seen, training)
        reconstruction = self._reconstruction(seen, clean, code, training)
        penalties = penalty_terms(self.penalties, self, seen, code)
        return {"reconstruction": reconstruction, **terms, **penalties}

    def encode(self, seen: Any, training: bool) -> tuple[Any, Terms]:
        """The code that goes to the decoder in training, and the bottleneck's terms."""
        return self.encoder(self.encoder_inputs(seen), training=training), {}

    def _reconstruction(self, seen: Any, clean: Any, code: Any, training: bool) -> Any:
        if not (training and self.penalties.ordered):
            mean_loss = self.mean_loss(clean, self.decoder_inputs(code, seen), training)
            return self.reconstruction_term(mean_loss, clean, training)
        optimizer = getattr(self, "optimizer", None)
        step = 0 if optimizer is None else optimizer.iterations
        shortened, is_whole = cut(code, step)
        losses = self._penalties(clean, self.decoder_inputs(shortened, seen), training)
        of_whole, of_cut = mean_of(losses, is_whole), mean_of(losses, 1.0 - is_whole)
        share = ops.mean(is_whole)
        whole = share * self.reconstruction_term(of_whole, clean, training)
        return whole + (1.0 - share) * self.reconstruction_term(of_cut, clean, training, True)

    def reconstruction_term(
        self, mean_loss: Any, clean: Any, training: bool, of_cut_codes: bool = False
    ) -> Any:
        """The reconstruction's part of the loss, from the mean loss of an element."""
        return mean_loss

    def mean_loss(self, clean: Any, told: Any, training: bool) -> Any:
        """The mean loss of an element of what the decoder makes of what it is told."""
        return ops.mean(self._penalties(clean, told, training))

    def losses_of_samples(self, clean: Any, told: Any) -> Any:
        """(n,) the same of each sample, as in evaluation."""
        penalties = self._penalties(clean, told, training=False)
        return ops.mean(penalties, axis=1) if len(penalties.shape) > 1 else penalties

    def _penalties(self, clean: Any, told: Any, training: bool) -> Any:
        """(n, features), or (n,) of a loss that is no sum over elements."""
        loss = self.loss_spec
        if loss.on_logits is not None:
            logits = self._before_output(told, training)
            return loss.on_logits(_rows(clean), _rows(logits), ops)
        decoded = self.decoder(told, training=training)
        if loss.elementwise is not None:
            clean, decoded = _rows(clean), _rows(decoded)
        return loss.penalties(clean, decoded, ops)

    def codes(self, x: np.ndarray) -> np.ndarray:
        """(n, k) latent codes of samples as given, batch by batch."""
        return in_batches(
            lambda part: self.encoder(self.encoder_inputs(part), training=False), x, self.features
        )

    def reconstructions(self, x: np.ndarray, code: np.ndarray) -> np.ndarray:
        """(n, *sample_shape) what the decoder makes of codes (n, k) of samples as given."""
        width = code.shape[1]

        def decode(part: Any) -> Any:
            return self.decoder(self.decoder_inputs(part[:, :width], part), training=False)

        told = np.concatenate([code, x[:, -self.labels :]], axis=1) if self.labels else code
        return in_batches(decode, told, self.features)

    def corrupt(self, clean: Any) -> Any:
        """What the encoder gets to see of clean samples as given, anew for every batch."""
        span, sample = tuple(self.objective["value_range"]), self.sample_of(clean)
        seen = corrupt_in_training(self.corruption, sample, span, self.random)
        if not self.labels:
            return seen
        return ops.concatenate([_rows(seen), clean[:, -self.labels :]], axis=-1)

    def track(self, values: Terms, x: Any) -> None:
        """Log scalars of a batch; weighted as Keras weights the loss, or they would not add up."""
        for name, value in values.items():
            self._tracked[name].update_state(value, sample_weight=ops.shape(x)[0])

    def build_optimizers(self) -> None:
        """Make the optimizers' variables, which must not happen inside a compiled function."""
        self.optimizer.build(self.reconstructing_variables)

    @property
    def optimizers(self) -> list[Any]:
        """All optimizers of the training."""
        return [self.optimizer]

    def compile_from_config(self, config: dict[str, Any]) -> None:
        # Keras would let one optimizer train all variables, and then not find its saved state.
        self.compile(**keras.saving.deserialize_keras_object(config))
        self.build_optimizers()

    @property
    def reconstructing_variables(self) -> list[Any]:
        """What the optimizer trains."""
        variables: list[Any] = self.trainable_variables
        return variables

    def train_step(self, data: Any) -> dict[str, Any]:
        # The loss runs the model itself; Keras's own step would run it a second time.
        clean, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        seen = self.corrupt(clean)
        target = self.sample_of(clean)
        loss = self.minimise(
            lambda: self.compute_loss(x=seen, y=target), self.reconstructing_variables
        )
        self._loss_tracker.update_state(loss, sample_weight=ops.shape(clean)[0])
        return self.get_metrics_result()

    def minimise(self, loss: Callable[[], Any], variables: list[Any], optimizer: Any = None) -> Any:
        """Take one step of an optimizer, by default the model's own; the loss before it."""
        import tensorflow as tf

        with tf.GradientTape() as tape:
            value = loss()
        gradients = tape.gradient(value, [variable.value for variable in variables])
        (optimizer or self.optimizer).apply_gradients(zip(gradients, variables, strict=True))
        return value

    def test_step(self, data: Any) -> dict[str, Any]:
        """`data` is (seen, clean), or clean samples alone."""
        seen, clean, _ = keras.utils.unpack_x_y_sample_weight(data)
        loss = self.compute_loss(x=seen, y=clean, training=False)
        self._loss_tracker.update_state(loss, sample_weight=ops.shape(seen)[0])
        return self.get_metrics_result()

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "trunk": keras.saving.serialize_keras_object(self.trunk),
            "decoder": keras.saving.serialize_keras_object(self.decoder),
            "objective": self.objective,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Autoencoder:
        def load(part: str) -> Any:
            return keras.saving.deserialize_keras_object(
                config[part], custom_objects=custom_objects
            )

        trunk = load("trunk")
        with tied_to_encoder(trunk):
            decoder = load("decoder")
        return cls(**{**config, "trunk": trunk, "decoder": decoder})

    def _penalty_names(self) -> tuple[str, ...]:
        return tuple(name for name in WEIGHTED if getattr(self.penalties, name) is not None)


def with_labels(x: np.ndarray, y: np.ndarray, classes: int) -> np.ndarray:
    """(n, features + classes) float32: samples as rows, each with its one-hot label behind it."""
    one_hot = np.eye(classes, dtype=np.float32)[y]
    return np.concatenate([x.reshape(len(x), features_of(x)), one_hot], axis=1)


def features_of(samples: Any) -> int:
    """Values in one sample of (n, *sample_shape)."""
    return math.prod(samples.shape[1:])


def _rows(x: Any) -> Any:
    """Samples laid flat; XLA is half as fast on images as on the same values in rows."""
    return ops.reshape(x, (ops.shape(x)[0], -1))


def _untracked_values(decoder: keras.Model) -> Callable[[Any, bool], Any]:
    """The decoder up to its output activation, hidden in a closure so that it is saved once."""
    values = keras.Model(decoder.inputs, decoder.layers[-1].input)
    return lambda code, training: values(code, training=training)
