"""The variational bottleneck: each sample gets a normal distribution of codes, near a prior."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.models.bottlenecks._spec import BottleneckSpec
from aecore.models.bottlenecks._variational_options import (
    LEAST_VARIANCE,
    VariationalBottleneck,
    gaussian_nll,
    kl_to_prior,
)
from aecore.models.losses import LOSSES
from aecore.specs import Quantity

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder

# Burda et al., Importance Weighted Autoencoders, 2016: a unit is active if its mean varies so.
ACTIVE_VARIANCE = 0.01


def autoencoder() -> type[Autoencoder]:
    """The Keras class; importing it imports Keras."""
    from aecore.models.bottlenecks._variational import VariationalAutoencoder

    return VariationalAutoencoder


def takes_batch_statistics(settings: VariationalBottleneck, loss: str) -> bool:
    """Whether σ² follows the batch's error."""
    return LOSSES[loss].gaussian and settings.decoder_variance == "learned"


def warm_up(settings: VariationalBottleneck) -> int:
    """Epochs until the KL term has its full weight."""
    return settings.warm_up_epochs


def scaled(settings: VariationalBottleneck, loss: str, features: int, mean_loss: float) -> float:
    """−log p(x|z) in nats a sample; where σ² is learned, at the σ² that suits this loss best."""
    if not LOSSES[loss].gaussian:
        return features * mean_loss
    variance = (
        max(mean_loss, LEAST_VARIANCE)
        if settings.decoder_variance == "learned"
        else settings.variance
    )
    return gaussian_nll(mean_loss, math.log(variance), features, math)


def idle(settings: VariationalBottleneck, loss: str) -> tuple[str, ...]:
    """The decoder's variance, unless it is a normal distribution's, and a fixed one if learned."""
    if not LOSSES[loss].gaussian:
        return "decoder_variance", "variance"
    return ("variance",) if settings.decoder_variance == "learned" else ()


def diagnose(model: Any, seen: np.ndarray, clean: np.ndarray, seed: int) -> dict[str, Any]:
    """KL of each code unit averaged over the samples, and how many units are active."""
    mean, log_variance = (
        np.concatenate(parts) for parts in zip(*model.posteriors(seen), strict=True)
    )
    per_unit = kl_to_prior(mean, log_variance, np).mean(axis=0, dtype=np.float64)
    active = mean.var(axis=0) > ACTIVE_VARIANCE
    reconstruction = model.expected_reconstruction(seen, clean, seed)
    return {
        "kl": float(per_unit.sum()),
        "kl_per_unit": [float(value) for value in per_unit],
        "active_units": int(active.sum()),
        "negative_elbo": reconstruction + float(per_unit.sum()),
    }


def negative_elbo(model: Any, given: np.ndarray, x: np.ndarray, seed: int) -> np.ndarray:
    """(n,) −ELBO of each sample in nats: −log p(x|z), averaged over draws of z, plus KL."""
    return np.asarray(model.negative_elbos(given, x, seed))


SPEC = BottleneckSpec(
    name="variational",
    title="Variational",
    summary="Each sample gets a normal distribution of codes, drawn towards N(0, 1): a VAE.",
    settings=VariationalBottleneck,
    autoencoder=autoencoder,
    source="Kingma and Welling, Auto-Encoding Variational Bayes, ICLR 2014; "
    "Higgins et al., beta-VAE, ICLR 2017",
    heads=("code", "log_variance"),
    scaled=scaled,
    idle=idle,
    has_prior=True,
    active_variance=ACTIVE_VARIANCE,
    takes_batch_statistics=takes_batch_statistics,
    warm_up=warm_up,
    watched="the validation loss, at the full β and not before the KL warm-up has ended,",
    takes_labels=True,
    loss_unit="nats per sample",
    terms={"beta_kl": "β · KL"},
    logged={"kl": "KL"},
    quantities=(
        Quantity(
            "negative_elbo",
            "−ELBO",
            "nats per sample",
            "Reconstruction, with sampled codes, plus KL. With cross-entropy or squared error an "
            "upper bound on −log p(x); with other losses no likelihood.",
        ),
        Quantity(
            "kl",
            "KL to the prior",
            "nats per sample",
            (
                "How much information each sample's code carries; 0 means that the decoder "
                "ignores the code."
            ),
        ),
        Quantity(
            "active_units",
            "Active code units",
            "units",
            (
                "Units whose mean has a variance over the data above 0.01; the others carry no "
                "information."
            ),
        ),
    ),
    diagnose=diagnose,
    negative_elbo=negative_elbo,
    order=20,
)
