"""Options of the Wasserstein bottleneck."""

from __future__ import annotations

from typing import Literal

from aecore.settings import Settings, setting


class WassersteinBottleneck(Settings):
    """How strongly the codes are drawn to the prior."""

    kind: Literal["wasserstein"] = setting(
        "wasserstein", "Bottleneck", "How the latent code is constrained."
    )
    mmd_weight: float = setting(
        10.0,
        "λ, weight of the MMD term",
        "How much the distribution of all codes is pulled towards the prior.",
        ge=0.0,
        le=10000.0,
        step=1.0,
    )
    prior_scale: float = setting(
        1.0,
        "Prior's scale",
        "Standard deviation of the normal distribution that codes should have.",
        ge=0.1,
        le=10.0,
        step=0.1,
        advanced=True,
    )
