"""Gaussian noise: a normal random number is added to every value."""

from __future__ import annotations

from typing import Any, Literal

from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings, setting

ROUNDING = 1e-5


class GaussianCorruption(Settings):
    """How strong the noise is."""

    kind: Literal["gaussian"] = setting(
        "gaussian", "Corruption", "Noise added to the input only; the target stays clean."
    )
    stddev: float = setting(
        0.4,
        "Noise",
        "Standard deviation of the noise added to each scaled value.",
        ge=0.01,
        le=5.0,
        step=0.05,
    )


def corrupt(settings: GaussianCorruption, x: Any, noise: Any, value_range: Range, xp: Any) -> Any:
    """x + σε; values that lie in [0, 1] stay there."""
    noisy = x + settings.stddev * noise
    # Scaling to [0, 1] rounds.
    if value_range[0] >= -ROUNDING and value_range[1] <= 1.0 + ROUNDING:
        return xp.clip(noisy, 0.0, 1.0)
    return noisy


SPEC = CorruptionSpec(
    name="gaussian",
    title="Gaussian noise",
    summary="A normal random number is added to every value.",
    settings=GaussianCorruption,
    noise="normal",
    corrupt=corrupt,
    source="Vincent et al., Stacked Denoising Autoencoders, JMLR 2010",
    order=20,
)
