"""The adversarial bottleneck: codes that a discriminator cannot tell from the prior's."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.models.bottlenecks._adversarial_options import AdversarialBottleneck
from aecore.models.bottlenecks._prior import PRIOR_QUANTITIES, compare_to_prior
from aecore.models.bottlenecks._spec import BottleneckSpec
from aecore.specs import Quantity

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder

LEAST_STEPS = 5000
MOST_EPOCHS = 2000
# Of the rows, where nothing else is asked for.
TRAINED_SHARE = 0.8


def autoencoder() -> type[Autoencoder]:
    """The Keras class; importing it imports Keras."""
    from aecore.models.bottlenecks._adversarial import AdversarialAutoencoder

    return AdversarialAutoencoder


def parameters(settings: AdversarialBottleneck, encoding_dim: int, loss: str) -> int:
    """The discriminator's weights."""
    widths = [encoding_dim, *settings.discriminator_units, 1]
    return sum((before + 1) * units for before, units in pairwise(widths))


def suited(rows: int, batch_size: int) -> dict[str, Any]:
    """Steps enough for two networks to come to terms, and a rate that lets them rest there."""
    steps_an_epoch = max(1, math.ceil(TRAINED_SHARE * rows / batch_size))
    return {
        "schedule": "cosine",
        "epochs": min(MOST_EPOCHS, math.ceil(LEAST_STEPS / steps_an_epoch)),
    }


def diagnose(model: Any, seen: np.ndarray, clean: np.ndarray, seed: int) -> dict[str, Any]:
    """How the codes compare with the prior, and how often the discriminator is right."""
    found = compare_to_prior(model, seen, model.settings.prior_scale, seed)
    return {**found, "discriminator_accuracy": model.accuracy_on(seen, seed)}


SPEC = BottleneckSpec(
    name="adversarial",
    title="Adversarial",
    summary=(
        "A discriminator learns to distinguish codes from a prior, and the encoder "
        "learns to fool it."
    ),
    settings=AdversarialBottleneck,
    autoencoder=autoencoder,
    source="Makhzani et al., Adversarial Autoencoders, 2015",
    parameters=parameters,
    unordered="An adversarial autoencoder compares whole codes with its prior, not cut ones.",
    has_prior=True,
    prior_scale=lambda settings: float(settings.prior_scale),
    takes_batch_statistics=lambda settings, loss: settings.mmd_weight > 0,
    # What fooling costs rises while the discriminator learns, whatever becomes of the codes.
    not_compared=("adversarial", "mmd"),
    watched="the validation loss, without what the discriminator and the prior ask of the codes,",
    suited=suited,
    takes_labels=True,
    terms={"adversarial": "fooling", "mmd": "λ · MMD"},
    logged={
        "discriminator_loss": "discriminator's loss",
        "discriminator_accuracy": "discriminator's accuracy",
    },
    quantities=(
        Quantity(
            "discriminator_accuracy",
            "Discriminator's accuracy",
            "share of codes",
            "Near 0.5 is good: it cannot distinguish codes from the prior. At 1 it has won.",
        ),
        *PRIOR_QUANTITIES,
    ),
    diagnose=diagnose,
    order=30,
)
