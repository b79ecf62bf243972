"""Masking noise: a share of the values is set to 0."""

from __future__ import annotations

from typing import Any, Literal

from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings, setting


class MaskingCorruption(Settings):
    """How much is hidden."""

    kind: Literal["masking"] = setting(
        "masking", "Corruption", "Noise added to the input only; the target stays clean."
    )
    share: float = setting(
        0.3, "Share hidden", "This share of the values is set to 0.", ge=0.01, le=0.99, step=0.05
    )


def corrupt(settings: MaskingCorruption, x: Any, noise: Any, value_range: Range, xp: Any) -> Any:
    """0 where the uniform noise lies below the share, x elsewhere."""
    return xp.where(noise < settings.share, xp.zeros_like(x), x)


SPEC = CorruptionSpec(
    name="masking",
    title="Masking",
    summary="A share of the values, chosen at random, is set to 0.",
    settings=MaskingCorruption,
    noise="uniform",
    corrupt=corrupt,
    source="Vincent et al., Extracting and Composing Robust Features, ICML 2008",
    order=30,
)
