"""How a variational autoencoder is trained."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import ops

from aecore.models.autoencoder import Autoencoder, Terms, features_of
from aecore.models.batched import EVALUATION_BATCH
from aecore.models.bottlenecks._variational_options import (
    LEAST_VARIANCE,
    VariationalBottleneck,
    gaussian_nll,
    kl_to_prior,
)
from aecore.models.ordered_code import reach

MAX_LOG_VARIANCE = 10.0
# Codes drawn for each sample where the ELBO is measured.
DRAWS = 4


@keras.saving.register_keras_serializable(package="aecore")
class VariationalAutoencoder(Autoencoder):
    """Minimises reconstruction + β·KL, both sums over a sample, averaged over the batch.

    The reconstruction's part is −log p(x|z): for cross-entropy that of a Bernoulli decoder, for
    squared error that of a normal one, SSE/(2σ²) + ½D log 2πσ². The encoder gives the mean code.

    A learned σ² is in training the batch's mean squared error, which is the best there is (Rybkin,
    Daniilidis and Levine, σ-VAE, ICML 2021); in evaluation the mean of those of the last epoch.
    """

    diagnostics = ("kl",)

    def __init__(self, trunk: Any, decoder: Any, objective: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(trunk, decoder, objective, **kwargs)
        self.settings = VariationalBottleneck(**objective["bottleneck"])
        self.is_gaussian = self.loss_spec.gaussian
        self.log_sigma2: Any = None
        if self.is_gaussian and self.settings.decoder_variance == "learned":
            self.log_sigma2 = self.add_weight(
                shape=(), initializer="zeros", trainable=False, name="log_variance"
            )

    @property
    def bottleneck_terms(self) -> tuple[str, ...]:
        return ("beta_kl",)

    def make_encoder(self) -> keras.Model:
        return keras.Model(self.trunk.input, self.trunk.outputs[0], name="encoder")

    def posterior(self, seen: Any, training: bool = False) -> tuple[Any, Any]:
        """Mean and log-variance, (n, k) each, of the codes of samples."""
        mean, log_variance = self.trunk(self.encoder_inputs(seen), training=training)
        return mean, _bounded(log_variance)

    def named_outputs(self, outputs: list[Any]) -> dict[str, Any]:
        mean, log_variance = outputs
        return {"mean": mean, "log_variance": _bounded(log_variance)}

    def encode(self, seen: Any, training: bool) -> tuple[Any, Terms]:
        mean, log_variance = self.posterior(seen, training)
        noise = keras.random.normal(ops.shape(mean), seed=self.random)
        code = mean + ops.exp(0.5 * log_variance) * noise
        per_unit = ops.mean(kl_to_prior(mean, log_variance, ops), axis=0)
        self.track({"kl": ops.sum(per_unit)}, seen)
        punished = ops.maximum(per_unit, self.settings.free_bits)
        if training and self.penalties.ordered:
            # A number that is cut off tells the decoder nothing, and costs nothing.
            punished *= reach(code.shape[-1]).astype("float32")
        beta = self.beta() if training else self.settings.beta
        return code, {"beta_kl": beta * ops.sum(punished)}

    def beta(self) -> Any:
        """β of the training step under way: it grows linearly with those of the warm-up."""
        steps = self.settings.warm_up_epochs * self.objective["steps_an_epoch"]
        if not steps or getattr(self, "optimizer", None) is None:
            return self.settings.beta
        done = ops.cast(self.optimizer.iterations, "float32")
        return self.settings.beta * ops.minimum(1.0, done / steps)

    def reconstruction_term(
        self, mean_loss: Any, clean: Any, training: bool, of_cut_codes: bool = False
    ) -> Any:
        features = features_of(clean)
        if not self.is_gaussian:
            return features * mean_loss
        if self.log_sigma2 is None:
            return gaussian_nll(mean_loss, math.log(self.settings.variance), features, ops)
        if not training:
            return gaussian_nll(mean_loss, self.log_sigma2, features, ops)
        variance = ops.stop_gradient(ops.maximum(mean_loss, LEAST_VARIANCE))
        if not of_cut_codes:
            self._remember(variance)
        return gaussian_nll(mean_loss, ops.log(variance), features, ops)

    def _remember(self, variance: Any) -> None:
        """Keep the mean of the variances of this epoch's batches so far."""
        optimizer = getattr(self, "optimizer", None)
        done = 0 if optimizer is None else optimizer.iterations % self.objective["steps_an_epoch"]
        before = ops.exp(self.log_sigma2)
        share = 1.0 / (ops.cast(done, variance.dtype) + 1.0)
        self.log_sigma2.assign(ops.log(before + share * (variance - before)))

    def posteriors(self, x: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Mean and log-variance of all samples, batch by batch."""
        for start in range(0, len(x), EVALUATION_BATCH):
            batch = ops.convert_to_tensor(x[start : start + EVALUATION_BATCH])
            mean, log_variance = self.posterior(batch)
            yield np.asarray(mean), np.asarray(log_variance)

    def expected_reconstruction(self, seen: np.ndarray, clean: np.ndarray, seed: int) -> float:
        """−log p(clean|z) in nats a sample, DRAWS codes z drawn for each, fixed by the seed."""
        total = 0.0
        for batch, target, codes in self._drawn(seen, clean, seed):
            for code in codes:
                loss = self.mean_loss(target, self.decoder_inputs(code, batch), False)
                value = self.reconstruction_term(loss, target, training=False)
                total += float(value) * len(target) / DRAWS
        return total / len(seen)

    def negative_elbos(self, seen: np.ndarray, clean: np.ndarray, seed: int) -> np.ndarray:
        """(n,) −ELBO of each sample in nats, DRAWS codes drawn for each, fixed by the seed."""
        found = [np.empty(0)]
        for batch, target, codes in self._drawn(seen, clean, seed):
            mean, log_variance = self.posterior(batch)
            value = ops.sum(kl_to_prior(mean, log_variance, ops), axis=1)
            for code in codes:
                losses = self.losses_of_samples(target, self.decoder_inputs(code, batch))
                value += self.reconstruction_term(losses, target, training=False) / DRAWS
            found.append(np.asarray(value, np.float64))
        return np.concatenate(found)

    def _drawn(
        self, seen: np.ndarray, clean: np.ndarray, seed: int
    ) -> Iterator[tuple[Any, Any, Iterator[Any]]]:
        """Batch by batch: what the encoder sees, its clean version, and codes drawn for both."""
        # A stream of its own: data may have been made with the same seed.
        random = np.random.default_rng([seed, DRAWS])
        for start in range(0, len(seen), EVALUATION_BATCH):
            rows = slice(start, start + EVALUATION_BATCH)
            batch, target = ops.convert_to_tensor(seen[rows]), ops.convert_to_tensor(clean[rows])
            mean, log_variance = self.posterior(batch)
            noise = (random.standard_normal(mean.shape).astype(np.float32) for _ in range(DRAWS))
            spread = ops.exp(0.5 * log_variance)
            yield batch, target, (mean + spread * drawn for drawn in noise)


def _bounded(log_variance: Any) -> Any:
    return ops.clip(log_variance, -MAX_LOG_VARIANCE, MAX_LOG_VARIANCE)
