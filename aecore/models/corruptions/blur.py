"""Blur: each picture is smoothed by a Gaussian of its own width."""

from __future__ import annotations

from typing import Any, Literal

from aecore.models.corruptions._pictures import each, mixed, rows_and_columns
from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings, setting

# In pixels: a narrower Gaussian leaves a picture as it is.
LEAST = 0.05


class BlurCorruption(Settings):
    """How much is smoothed."""

    kind: Literal["blur"] = setting(
        "blur", "Corruption", "Noise added to the input only; the target stays clean."
    )
    widest: float = setting(
        1.5,
        "Widest blur",
        "The standard deviation of the Gaussian, in pixels, is drawn from 0 to this for each "
        "picture.",
        ge=0.1,
        le=20.0,
        step=0.1,
    )


def corrupt(settings: BlurCorruption, x: Any, noise: Any, value_range: Range, xp: Any) -> Any:
    """Weighted means along rows and columns; beyond the border nothing has a weight."""
    deviation = xp.maximum(each(settings.widest * noise[:, 0], xp), LEAST)
    rows, columns = (xp.reshape(places, (-1,)) for places in rows_and_columns(x, xp))
    return mixed(x, _weights(rows, deviation, xp), _weights(columns, deviation, xp), xp)


def _weights(places: Any, deviation: Any, xp: Any) -> Any:
    """(n, length, length), of each place what it takes of every other; each row adds up to 1."""
    apart = (places[:, None] - places[None, :]) / deviation
    weights = xp.exp(-xp.square(apart) / 2)
    return weights / xp.sum(weights, axis=-1, keepdims=True)


SPEC = CorruptionSpec(
    name="blur",
    title="Blur",
    summary="Each picture is smoothed, one more and another less.",
    settings=BlurCorruption,
    noise="uniform",
    corrupt=corrupt,
    source="Bansal et al., Cold Diffusion: Inverting Arbitrary Image Transforms, NeurIPS 2023",
    draws=lambda settings: 1,
    kinds=("image",),
    order=80,
)
