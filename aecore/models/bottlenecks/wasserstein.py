"""The Wasserstein bottleneck: all codes together, not each, are drawn towards a prior."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.models.bottlenecks._prior import PRIOR_QUANTITIES, compare_to_prior
from aecore.models.bottlenecks._spec import BottleneckSpec
from aecore.models.bottlenecks._wasserstein_options import WassersteinBottleneck

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder


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
    summary="The distribution of all codes is pulled towards a prior by their MMD: a WAE.",
    settings=WassersteinBottleneck,
    autoencoder=autoencoder,
    source="Tolstikhin et al., Wasserstein Auto-Encoders, ICLR 2018",
    scaled=scaled,
    unordered="A Wasserstein autoencoder compares whole codes with its prior, not cut ones.",
    has_prior=True,
    prior_scale=lambda settings: float(settings.prior_scale),
    takes_batch_statistics=lambda settings, loss: True,
    loss_unit="summed over a sample",
    terms={"mmd": "λ · MMD"},
    quantities=PRIOR_QUANTITIES,
    diagnose=diagnose,
    order=40,
)
