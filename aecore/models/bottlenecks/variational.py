"""The variational bottleneck: each sample gets a normal distribution of codes, near a prior."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from aecore.models.bottlenecks._spec import BottleneckSpec, Figure
from aecore.settings import Settings, setting

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder

# Burda et al., Importance Weighted Autoencoders, 2016: a unit is active if its mean varies so.
ACTIVE_VARIANCE = 0.01


class VariationalBottleneck(Settings):
    """How much codes are drawn to the prior N(0, 1), from when on, and the decoder's variance."""

    kind: Literal["variational"] = setting(
        "variational", "Bottleneck", "What becomes of the latent code."
    )
    beta: float = setting(
        1.0,
        "β, weight of the KL term",
        "1 is the plain VAE; more gives simpler, more independent code units and blurrier output.",
        ge=0.0,
        le=1000.0,
        step=0.5,
    )
    warm_up_epochs: int = setting(
        0,
        "KL warm-up",
        "Epochs over which β grows from 0, so that the code is used before it is punished.",
        ge=0,
        le=1000,
        advanced=True,
    )
    free_bits: float = setting(
        0.0,
        "Free bits",
        "Nats of KL that each code unit may use at no cost, against units that die out.",
        ge=0.0,
        le=10.0,
        step=0.05,
        advanced=True,
    )
    decoder_variance: Literal["learned", "fixed"] = setting(
        "learned",
        "Decoder variance",
        "With squared error the decoder is a normal distribution; its variance σ² sets how much "
        "the reconstruction weighs against the KL term.",
        advanced=True,
    )
    variance: float = setting(
        0.5,
        "Fixed σ²",
        "½ makes the reconstruction's part the plain sum of squared errors, 1 half of it.",
        ge=1e-4,
        le=100.0,
        log=True,
        advanced=True,
    )


def autoencoder() -> type[Autoencoder]:
    """The Keras class; importing it imports Keras."""
    from aecore.models.bottlenecks._variational import VariationalAutoencoder

    return VariationalAutoencoder


def parameters(settings: VariationalBottleneck, encoding_dim: int, loss: str) -> int:
    """The decoder's σ², where it is learned."""
    return int(loss == "mse" and settings.decoder_variance == "learned")


def kl_to_prior(mean: Any, log_variance: Any, xp: Any) -> Any:
    """(n, k) KL(N(μ, σ²) ‖ N(0, 1)) = −½ (1 + log σ² − μ² − σ²) of each code unit, in nats.

    Source: Kingma and Welling, Auto-Encoding Variational Bayes, 2014, appendix B.
    """
    return -0.5 * (1.0 + log_variance - xp.square(mean) - xp.exp(log_variance))


def scaled(settings: VariationalBottleneck, loss: str, features: int, mean_loss: float) -> float:
    """−log p(x|z) in nats a sample; where σ² is learned, at the σ² that suits this loss best."""
    if loss != "mse":
        return features * mean_loss
    variance = (
        max(mean_loss, 1e-12) if settings.decoder_variance == "learned" else settings.variance
    )
    return gaussian_nll(mean_loss, math.log(variance), features, math)


def gaussian_nll(mse: Any, log_variance: Any, features: int, xp: Any) -> Any:
    """SSE/(2σ²) + ½D log 2πσ² in nats a sample, from the mean squared error of D features."""
    return 0.5 * features * (mse * xp.exp(-log_variance) + log_variance + math.log(2.0 * math.pi))


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


SPEC = BottleneckSpec(
    name="variational",
    title="Variational",
    summary="Each sample gets a normal distribution of codes, drawn towards N(0, 1): a VAE.",
    settings=VariationalBottleneck,
    autoencoder=autoencoder,
    source="Kingma and Welling, Auto-Encoding Variational Bayes, ICLR 2014; "
    "Higgins et al., beta-VAE, ICLR 2017",
    heads=("code", "log_variance"),
    parameters=parameters,
    scaled=scaled,
    has_prior=True,
    takes_labels=True,
    loss_unit="nats a sample",
    terms={"beta_kl": "β · KL", "kl": "KL"},
    figures=(
        Figure(
            "negative_elbo",
            "−ELBO",
            "nats a sample",
            "Reconstruction, with sampled codes, plus KL. With cross-entropy or squared error an "
            "upper bound on −log p(x); with other losses no likelihood.",
        ),
        Figure(
            "kl",
            "KL to the prior",
            "nats a sample",
            "How much each sample's code tells; 0 means that the decoder ignores the code.",
        ),
        Figure(
            "active_units",
            "Active code units",
            "units",
            "Units whose mean varies over the data by more than 0.01; the others carry nothing.",
        ),
    ),
    diagnose=diagnose,
    order=20,
)
