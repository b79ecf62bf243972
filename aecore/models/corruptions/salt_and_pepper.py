"""Salt-and-pepper noise: a share of the values becomes the least or the greatest."""

from __future__ import annotations

from typing import Any, Literal

from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings, setting


class SaltAndPepperCorruption(Settings):
    """How much is replaced."""

    kind: Literal["salt-and-pepper"] = setting(
        "salt-and-pepper", "Corruption", "Noise added to the input only; the target stays clean."
    )
    share: float = setting(
        0.2,
        "Share replaced",
        "This share of the values is replaced by the smallest or the largest value.",
        ge=0.01,
        le=0.99,
        step=0.05,
    )


def corrupt(
    settings: SaltAndPepperCorruption, x: Any, noise: Any, value_range: Range, xp: Any
) -> Any:
    """low where the uniform noise is below share/2, high where it is above 1 − share/2."""
    low, high = (xp.full_like(x, value) for value in value_range)
    half = settings.share / 2
    return xp.where(noise < half, low, xp.where(noise >= 1.0 - half, high, x))


SPEC = CorruptionSpec(
    name="salt-and-pepper",
    title="Salt and pepper",
    summary="A random share of the values is replaced by the smallest or the largest value.",
    settings=SaltAndPepperCorruption,
    noise="uniform",
    corrupt=corrupt,
    source="Vincent et al., Stacked Denoising Autoencoders, JMLR 2010",
    order=40,
)
