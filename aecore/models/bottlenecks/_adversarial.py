"""How an adversarial autoencoder is trained: three steps a batch."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np
from keras import ops

from aecore.models.autoencoder import Autoencoder, Terms
from aecore.models.bottlenecks._adversarial_options import AdversarialBottleneck
from aecore.models.bottlenecks._prior import mmd

# Where an optimizer has a momentum, that of two networks against each other is smaller: Radford,
# Metz and Chintala, DCGAN, ICLR 2016.
MOMENTUM = 0.5
# The same step of Adam in each weight moves codes by as much as there are inputs to them; beyond
# this many the encoder's steps against the discriminator are smaller in that ratio.
INPUTS_OF_A_CODE = 48


@keras.saving.register_keras_serializable(package="aecore")
class AdversarialAutoencoder(Autoencoder):
    """Each batch: encoder and decoder reconstruct; the discriminator learns to tell codes from the
    prior; the encoder learns to fool it. Each with an optimizer of its own (Makhzani et al. 2015),
    of the kind, schedule and clipping that the model is compiled with.

    The loss is reconstruction + weight · (what fooling costs the encoder + λ · MMD² of the batch's
    codes from the prior); the discriminator's own loss and accuracy are logged beside it. Two
    networks against each other circle around where they should meet (Mescheder, Geiger and
    Nowozin, ICML 2018): its gradient at the prior is penalised, and the MMD pulls straight there.
    """

    diagnostics = ("discriminator_loss", "discriminator_accuracy")

    def __init__(self, trunk: Any, decoder: Any, objective: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(trunk, decoder, objective, **kwargs)
        self.discriminator = _discriminator(self.settings, self.encoder.output_shape[-1])
        self.discriminating: Any = None
        self.fooling: Any = None
        self._followed = 0

    @property
    def settings(self) -> AdversarialBottleneck:
        """The bottleneck's options."""
        return AdversarialBottleneck(**self.objective["bottleneck"])

    @property
    def bottleneck_terms(self) -> tuple[str, ...]:
        return ("adversarial", "mmd") if self.settings.mmd_weight else ("adversarial",)

    @property
    def reconstructing_variables(self) -> list[Any]:
        own = {id(v) for v in self.discriminator.trainable_variables}
        return [v for v in self.trainable_variables if id(v) not in own]

    def build_optimizers(self) -> None:
        super().build_optimizers()
        if self._followed != id(self.optimizer):
            self._followed = id(self.optimizer)
            rate = self.settings.discriminator_learning_rate
            self.discriminating = _like(self.optimizer, rate)
            # Adam's steps do not grow with its loss, so the weight is in their size.
            share = min(1.0, INPUTS_OF_A_CODE / _inputs_of_a_code(self.trunk))
            self.fooling = _like(self.optimizer, rate * self.settings.adversarial_weight * share)
        self.discriminating.build(self.discriminator.trainable_variables)
        self.fooling.build(self.encoder.trainable_variables)

    @property
    def optimizers(self) -> list[Any]:
        return [self.optimizer, self.discriminating, self.fooling]

    def encode(self, seen: Any, training: bool) -> tuple[Any, Terms]:
        code = self.encoder(self.encoder_inputs(seen), training=training)
        return code, self._costs_of_fooling(code)

    def train_step(self, data: Any) -> dict[str, Any]:
        clean, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        seen, target = self.corrupt(clean), self.sample_of(clean)
        inputs = self.encoder_inputs(seen)
        terms: Terms = {}

        def reconstruct() -> Any:
            terms.update(self.loss_terms(seen, target, True))
            return sum(value for name, value in terms.items() if name not in self.bottleneck_terms)

        self.minimise(reconstruct, self.reconstructing_variables)
        self.minimise(
            lambda: self._cost_of_telling(self.encoder(inputs, training=True), True),
            self.discriminator.trainable_variables,
            self.discriminating,
        )
        self.minimise(
            lambda: sum(self._costs_of_fooling(self.encoder(inputs, training=True)).values()),
            self.encoder.trainable_variables,
            self.fooling,
        )
        self.track(terms, clean)
        self._loss_tracker.update_state(sum(terms.values()), sample_weight=ops.shape(clean)[0])
        return self.get_metrics_result()

    def test_step(self, data: Any) -> dict[str, Any]:
        seen, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        self._cost_of_telling(self.encoder(self.encoder_inputs(seen), training=False), False)
        return super().test_step(data)

    def accuracy_on(self, x: np.ndarray, seed: int) -> float:
        """The share of the samples' codes and as many from the prior that it tells apart."""
        code = self.codes(x)
        random = np.random.default_rng(seed)
        prior = random.normal(0.0, self.settings.prior_scale, code.shape).astype(np.float32)
        judged = self._judge(ops.convert_to_tensor(code)), self._judge(ops.convert_to_tensor(prior))
        return float(_accuracy(*judged))

    def _judge(self, code: Any) -> Any:
        """(n, 1) logits, above 0 for what looks like the prior."""
        return self.discriminator(code)

    def _drawn_like(self, code: Any) -> Any:
        """As many codes of the prior."""
        return self.settings.prior_scale * keras.random.normal(ops.shape(code), seed=self.random)

    def _costs_of_fooling(self, code: Any) -> Terms:
        """−log of the discriminator's belief that codes are the prior's, and their MMD² from it."""
        settings = self.settings
        weight = settings.adversarial_weight
        costs = {"adversarial": weight * ops.mean(ops.softplus(-self._judge(code)))}
        if settings.mmd_weight:
            distance = mmd(code, self._drawn_like(code), settings.prior_scale, ops)
            costs["mmd"] = weight * settings.mmd_weight * distance
        return costs

    def _cost_of_telling(self, code: Any, training: bool) -> Any:
        """The discriminator's cross-entropy, in training with the penalty on its gradient.

        The prior's codes are real, the encoder's not.
        """
        prior = self._drawn_like(code)
        of_code, of_prior = self._judge(ops.stop_gradient(code)), self._judge(prior)
        loss = 0.5 * (ops.mean(ops.softplus(of_code)) + ops.mean(ops.softplus(-of_prior)))
        told = {
            "discriminator_loss": loss,
            "discriminator_accuracy": _accuracy(of_code, of_prior),
        }
        self.track(told, code)
        penalty = self.settings.gradient_penalty
        if not training or not penalty:
            return loss
        return loss + 0.5 * penalty * _squared_gradient(self._judge, prior)


def _squared_gradient(judge: Any, codes: Any) -> Any:
    """Mean ‖∂judgement/∂code‖² over codes (n, k)."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(codes)
        # A code's judgement depends on that code alone, so a sum can be derived.
        total = ops.sum(judge(codes))
    return ops.mean(ops.sum(ops.square(tape.gradient(total, codes)), axis=1))


def _inputs_of_a_code(trunk: keras.Model) -> int:
    """Of the encoder's last layer with a kernel."""
    kernels = [w for w in trunk.trainable_variables if w.name.endswith("kernel")]
    return math.prod(kernels[-1].shape[:-1])


def _like(optimizer: Any, rate: float) -> Any:
    """An optimizer of the same kind, schedule and clipping, with a rate of its own."""
    config = optimizer.get_config()
    if isinstance(config["learning_rate"], dict):
        config["learning_rate"]["config"]["initial_learning_rate"] = rate
    else:
        config["learning_rate"] = rate
    if "beta_1" in config:
        config["beta_1"] = MOMENTUM
    return type(optimizer).from_config(config)


def _accuracy(of_code: Any, of_prior: Any) -> Any:
    right = ops.mean(ops.cast(of_code < 0, "float32")), ops.mean(ops.cast(of_prior > 0, "float32"))
    return 0.5 * (right[0] + right[1])


def _discriminator(settings: AdversarialBottleneck, encoding_dim: int) -> keras.Model:
    """Code (n, k) -> (n, 1) logits."""
    inputs = keras.Input((encoding_dim,), name="code")
    hidden = inputs
    for i, units in enumerate(settings.discriminator_units, start=1):
        hidden = keras.layers.Dense(units, "relu", name=f"hidden_{i}")(hidden)
    return keras.Model(inputs, keras.layers.Dense(1, name="logit")(hidden), name="discriminator")
