"""No corruption: the encoder sees the sample as it is."""

from __future__ import annotations

from typing import Any, Literal

from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings, setting


class NoCorruption(Settings):
    """No options of its own."""

    kind: Literal["none"] = setting(
        "none", "Corruption", "Noise added to the input only; the target stays clean."
    )


def corrupt(settings: NoCorruption, x: Any, noise: Any, value_range: Range, xp: Any) -> Any:
    """x as it is."""
    return x


SPEC = CorruptionSpec(
    name="none",
    title="None",
    summary="The encoder sees the sample as it is.",
    settings=NoCorruption,
    noise="none",
    corrupt=corrupt,
    source="Hinton and Salakhutdinov, Reducing the Dimensionality of Data, Science 2006",
    order=10,
)
