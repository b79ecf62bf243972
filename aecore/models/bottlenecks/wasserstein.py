"""The Wasserstein bottleneck: all codes together, not each, are drawn towards a prior."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from aecore.models.bottlenecks._prior import PRIOR_FIGURES, compare_to_prior
from aecore.models.bottlenecks._spec import BottleneckSpec
from aecore.settings import Settings, setting

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder


class WassersteinBottleneck(Settings):
    """How strongly the codes are drawn to the prior."""

    kind: Literal["wasserstein"] = setting(
        "wasserstein", "Bottleneck", "What becomes of the latent code."
    )
    mmd_weight: float = setting(
        10.0,
        "λ, weight of the MMD term",
        "How much it matters that the codes together look like the prior.",
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


def autoencoder() -> type[Autoencoder]:
    """The Keras class; importing it imports Keras."""
    from aecore.models.bottlenecks._wasserstein import WassersteinAutoencoder

    return WassersteinAutoencoder


def scaled(settings: WassersteinBottleneck, loss: str, features: int, mean_loss: float) -> float:
    """The loss summed over a sample's values, which λ weighs the MMD against."""
    return features * mean_loss


def diagnose(model: Any, seen: np.ndarray, clean: np.ndarray, seed: int) -> dict[str, Any]:
    """How the codes of the samples compare with the prior."""
    return compare_to_prior(model, seen, model.settings.prior_scale, seed)


SPEC = BottleneckSpec(
    name="wasserstein",
    title="Wasserstein",
    summary="The codes of all samples together are drawn to a prior by their MMD from it: a WAE.",
    settings=WassersteinBottleneck,
    autoencoder=autoencoder,
    source="Tolstikhin et al., Wasserstein Auto-Encoders, ICLR 2018",
    scaled=scaled,
    has_prior=True,
    loss_unit="summed over a sample",
    terms={"mmd": "λ · MMD"},
    figures=PRIOR_FIGURES,
    diagnose=diagnose,
    order=40,
)
