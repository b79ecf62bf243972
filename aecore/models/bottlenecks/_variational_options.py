"""Options of the variational bottleneck, and the closed forms of its terms."""

from __future__ import annotations

import math
from typing import Any, Literal

from aecore.settings import Settings, setting

# A decoder without any error would have none, and an infinite density.
LEAST_VARIANCE = 1e-12


class VariationalBottleneck(Settings):
    """How much codes are drawn to the prior N(0, 1), from when on, and the decoder's variance."""

    kind: Literal["variational"] = setting(
        "variational", "Bottleneck", "How the latent code is constrained."
    )
    beta: float = setting(
        1.0,
        "β, weight of the KL term",
        (
            "1 is the standard VAE; larger values give more independent code units and "
            "blurrier output."
        ),
        ge=0.0,
        le=1000.0,
        step=0.5,
    )
    warm_up_epochs: int = setting(
        0,
        "KL warm-up",
        "Epochs over which β grows from 0 to its value, so that the code is used before it is "
        "penalised; the validation loss has the full β from the first.",
        ge=0,
        le=1000,
        advanced=True,
    )
    free_bits: float = setting(
        0.0,
        "Free bits",
        ("Nats of KL that each code unit may use without penalty; keeps units from collapsing."),
        ge=0.0,
        le=10.0,
        step=0.05,
        advanced=True,
    )
    decoder_variance: Literal["learned", "fixed"] = setting(
        "learned",
        "Decoder variance",
        "With squared error the decoder is a normal distribution; its variance σ² sets how much "
        "the reconstruction weighs against the KL term. A learned one is the mean squared error.",
        advanced=True,
    )
    variance: float = setting(
        0.5,
        "Fixed σ²",
        "With ½ the reconstruction term is the sum of squared errors; with 1, half of it.",
        ge=1e-4,
        le=100.0,
        log=True,
        advanced=True,
    )


def kl_to_prior(mean: Any, log_variance: Any, xp: Any) -> Any:
    """(n, k) KL(N(μ, σ²) ‖ N(0, 1)) = −½ (1 + log σ² − μ² − σ²) of each code unit, in nats.

    Source: Kingma and Welling, Auto-Encoding Variational Bayes, 2014, appendix B.
    """
    return -0.5 * (1.0 + log_variance - xp.square(mean) - xp.exp(log_variance))


def gaussian_nll(mse: Any, log_variance: Any, features: int, xp: Any) -> Any:
    """SSE/(2σ²) + ½D log 2πσ² in nats a sample, from the mean squared error of D features."""
    return 0.5 * features * (mse * xp.exp(-log_variance) + log_variance + math.log(2.0 * math.pi))
