"""Options of the adversarial bottleneck."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from aecore.settings import Settings, setting

Units = Annotated[int, Field(ge=1, le=2048, strict=True)]


class AdversarialBottleneck(Settings):
    """The prior, and the discriminator that compares codes with it."""

    kind: Literal["adversarial"] = setting(
        "adversarial", "Bottleneck", "How the latent code is constrained."
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
        ("Units in each hidden layer of the network that distinguishes codes from the prior."),
        advanced=True,
    )
    discriminator_learning_rate: float = setting(
        0.002,
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
    gradient_penalty: float = setting(
        0.5,
        "Gradient penalty",
        "Keeps the discriminator from being steep around the prior, so that the two networks do "
        "not circle around each other.",
        ge=0.0,
        le=100.0,
        step=0.1,
        advanced=True,
    )
    mmd_weight: float = setting(
        3.0,
        "λ, weight of the MMD",
        "How much the distance of a batch's codes from the prior adds to what the encoder is told "
        "by the discriminator; 0 is the plain adversarial autoencoder.",
        ge=0.0,
        le=100.0,
        step=0.5,
        advanced=True,
    )
