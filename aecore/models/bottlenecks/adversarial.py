"""The adversarial bottleneck: codes that a discriminator cannot tell from the prior's."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import Field

from aecore.models.bottlenecks._prior import PRIOR_FIGURES, compare_to_prior
from aecore.models.bottlenecks._spec import BottleneckSpec, Figure
from aecore.settings import Settings, setting

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder

Units = Annotated[int, Field(ge=1, le=2048, strict=True)]


class AdversarialBottleneck(Settings):
    """The prior, and the discriminator that compares codes with it."""

    kind: Literal["adversarial"] = setting(
        "adversarial", "Bottleneck", "What becomes of the latent code."
    )
    prior_scale: float = setting(
        1.0,
        "Prior's scale",
        "Standard deviation of the normal distribution that codes should have.",
        ge=0.1,
        le=10.0,
        step=0.1,
    )
    discriminator_units: Annotated[tuple[Units, ...], Field(strict=False, max_length=5)] = setting(
        (256, 256),
        "Discriminator's layers",
        "Units of each hidden layer of the network that tells codes from the prior.",
        advanced=True,
    )
    discriminator_learning_rate: float = setting(
        0.0005,
        "Discriminator's learning rate",
        "Size of the discriminator's steps, and of the encoder's against it.",
        ge=1e-6,
        le=1.0,
        log=True,
        advanced=True,
    )
    adversarial_weight: float = setting(
        1.0,
        "Weight against the discriminator",
        "How much larger than the discriminator's the encoder's steps against it are.",
        ge=0.0,
        le=100.0,
        step=0.1,
        advanced=True,
    )


def autoencoder() -> type[Autoencoder]:
    """The Keras class; importing it imports Keras."""
    from aecore.models.bottlenecks._adversarial import AdversarialAutoencoder

    return AdversarialAutoencoder


def parameters(settings: AdversarialBottleneck, encoding_dim: int, loss: str) -> int:
    """The discriminator's weights."""
    widths = [encoding_dim, *settings.discriminator_units, 1]
    return sum((before + 1) * units for before, units in pairwise(widths))


def diagnose(model: Any, seen: np.ndarray, clean: np.ndarray, seed: int) -> dict[str, Any]:
    """How the codes compare with the prior, and how often the discriminator is right."""
    found = compare_to_prior(model, seen, model.settings.prior_scale, seed)
    return {**found, "discriminator_accuracy": model.accuracy_on(seen, seed)}


SPEC = BottleneckSpec(
    name="adversarial",
    title="Adversarial",
    summary="A second network learns to tell codes from a prior, and the encoder to fool it.",
    settings=AdversarialBottleneck,
    autoencoder=autoencoder,
    source="Makhzani et al., Adversarial Autoencoders, 2015",
    parameters=parameters,
    has_prior=True,
    takes_labels=True,
    terms={
        "adversarial": "fooling",
        "discriminator_loss": "discriminator's loss",
        "discriminator_accuracy": "discriminator's accuracy",
    },
    figures=(
        Figure(
            "discriminator_accuracy",
            "Discriminator's accuracy",
            "share of codes",
            "About 0.5 is good: it cannot tell codes from the prior. At 1 it has won.",
        ),
        *PRIOR_FIGURES,
    ),
    diagnose=diagnose,
    order=30,
)
