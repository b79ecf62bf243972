"""The autoencoder: an encoder, a decoder and a loss that is a sum of named terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

from aecore.models.losses import LOSSES, Elementwise


@keras.saving.register_keras_serializable(package="aecore")
class Autoencoder(keras.Model):
    """Encoder and decoder trained to reconstruct their input.

    `compute_loss` sums what `loss_terms` returns; each term is tracked under its name, so that
    the logged loss equals the sum of the logged terms.
    """

    def __init__(
        self, encoder: keras.Model, decoder: keras.Model, reconstruction_loss: str, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.reconstruction_loss = reconstruction_loss
        self._terms = {"reconstruction": keras.metrics.Mean("reconstruction")}
        self._before_sigmoid = _untracked_trunk(decoder)
        self.built = True

    def call(self, inputs: Any, training: bool = False) -> Any:
        return self.decoder(self.encoder(inputs, training=training), training=training)

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        terms = self.loss_terms(x, training)
        for name, value in terms.items():
            # Keras weights its own loss tracker by batch size; match it or the terms do not add up.
            self._terms[name].update_state(value, sample_weight=ops.shape(x)[0])
        return sum(terms.values())

    def loss_terms(self, x: Any, training: bool) -> dict[str, Any]:
        """The parts of the loss for a batch x, each a scalar."""
        return {"reconstruction": self._reconstruction(x, training)}

    def train_step(self, data: Any) -> dict[str, Any]:
        # The loss runs the model itself; Keras's own step would run it a second time.
        x, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        variables = self.trainable_variables
        loss, gradients = _value_and_gradients(lambda: self.compute_loss(x=x), variables)
        self._loss_tracker.update_state(loss, sample_weight=ops.shape(x)[0])
        self.optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return self.get_metrics_result()

    def test_step(self, data: Any) -> dict[str, Any]:
        x, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        loss = self.compute_loss(x=x, training=False)
        self._loss_tracker.update_state(loss, sample_weight=ops.shape(x)[0])
        return self.get_metrics_result()

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "encoder": keras.saving.serialize_keras_object(self.encoder),
            "decoder": keras.saving.serialize_keras_object(self.decoder),
            "reconstruction_loss": self.reconstruction_loss,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Autoencoder:
        config = dict(config)
        for part in ("encoder", "decoder"):
            config[part] = keras.saving.deserialize_keras_object(
                config[part], custom_objects=custom_objects
            )
        return cls(**config)

    def _reconstruction(self, x: Any, training: bool) -> Any:
        loss = LOSSES[self.reconstruction_loss]
        code = self.encoder(x, training=training)
        if loss.on_logits is not None:
            return _mean(loss.on_logits, x, self._before_sigmoid(code, training))
        return _mean(loss.elementwise, x, self.decoder(code, training=training))


def _mean(loss: Elementwise, x: Any, x_hat: Any) -> Any:
    """Mean over a batch; XLA is half as fast on images as on the same values in rows."""
    rows = (ops.shape(x)[0], -1)
    return ops.mean(loss(ops.reshape(x, rows), ops.reshape(x_hat, rows), ops))


def _untracked_trunk(decoder: keras.Model) -> Callable[[Any, bool], Any]:
    """The decoder up to its output activation, hidden in a closure so that it is saved once."""
    trunk = keras.Model(decoder.inputs, decoder.layers[-1].input)
    return lambda code, training: trunk(code, training=training)


def _value_and_gradients(loss: Callable[[], Any], variables: list[Any]) -> tuple[Any, list[Any]]:
    import tensorflow as tf

    with tf.GradientTape() as tape:
        value = loss()
    return value, tape.gradient(value, [variable.value for variable in variables])
