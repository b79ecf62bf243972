"""Penalties: what else the weights and the code are asked to be, besides good at reconstruction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import model_validator

from aecore.settings import Settings, optional_setting, setting

SPARSITY_TARGET = 0.05


class Penalties(Settings):
    """Weights of terms added to the loss, and layers that regularise; None or False is off."""

    l1: float | None = optional_setting(
        1e-5,
        "L1 on weights",
        "Adds this times the sum of absolute weights: pulls useless weights to zero.",
        ge=1e-9,
        le=10.0,
    )
    l2: float | None = optional_setting(
        1e-4,
        "L2 on weights",
        "Adds this times the sum of all squared weights: keeps weights small.",
        ge=1e-9,
        le=10.0,
    )
    dropout: float | None = optional_setting(
        0.2,
        "Dropout",
        (
            "This share of each hidden layer's units is set to zero at random in every "
            "training step."
        ),
        ge=0.01,
        le=0.9,
        log=False,
        step=0.05,
    )
    batch_normalization: bool = setting(
        False,
        "Batch normalisation",
        (
            "Normalises each hidden layer over the batch, which stabilises the training of "
            "deep networks."
        ),
        advanced=True,
    )
    activity_l1: float | None = optional_setting(
        1e-3,
        "L1 on the code",
        ("Adds this times the sum of absolute code values, so that few of them are far from 0."),
        ge=1e-9,
        le=100.0,
    )
    kl_sparsity: float | None = optional_setting(
        0.1,
        "KL sparsity",
        "Adds this times the divergence of each code unit's mean from the target; "
        "the code becomes a sigmoid.",
        ge=1e-9,
        le=100.0,
    )
    sparsity_target: float = setting(
        SPARSITY_TARGET,
        "Sparsity target",
        "The mean that KL sparsity wants each code unit to have over a batch.",
        ge=0.001,
        le=0.5,
        step=0.01,
        advanced=True,
    )
    k_sparse: int | None = optional_setting(
        4,
        "k-sparse code",
        "For each sample only this many code values, the largest, are kept.",
        ge=1,
        le=4096,
        log=False,
    )
    contractive: float | None = optional_setting(
        1e-4,
        "Contractive",
        "Adds this times the squared Jacobian of the encoder: small changes of the input "
        "hardly move the code.",
        ge=1e-9,
        le=100.0,
    )
    ordered: bool = setting(
        False,
        "Ordered code",
        "In training codes are cut after their first numbers, some after one, some after all: the "
        "first come to hold most, and one run shows what each encoding dimension reaches.",
        advanced=True,
    )

    @property
    def takes_batch_statistics(self) -> bool:
        """Whether a row's part in training depends on the others of its batch."""
        return self.batch_normalization or self.kl_sparsity is not None

    @model_validator(mode="before")
    @classmethod
    def _zero_is_off(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {name: None if _is_zero(value) else value for name, value in given.items()}


def _is_zero(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == 0


def sparsity_divergence(mean: Any, target: float, xp: Any) -> Any:
    """Σ_j [ρ log(ρ/ρ̂_j) + (1−ρ) log((1−ρ)/(1−ρ̂_j))] in nats, for means ρ̂: (k,) in (0, 1).

    Source: Ng, Sparse autoencoder, CS294A notes.
    """
    p = xp.clip(mean, 1e-6, 1.0 - 1e-6)
    inner = target * xp.log(target / p) + (1.0 - target) * xp.log((1.0 - target) / (1.0 - p))
    return xp.sum(inner)
