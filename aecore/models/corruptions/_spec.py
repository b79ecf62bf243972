"""What every corruption declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from aecore.data.dataset import Kind
from aecore.settings import Settings

Range = tuple[float, float]


@dataclass(frozen=True)
class CorruptionSpec:
    """One way to corrupt samples before the encoder sees them.

    Attributes:
        noise: what random numbers it needs: standard `normal`, `uniform` in [0, 1), or `none`.
        corrupt: (settings, x, noise, (low, high), xp) -> x corrupted; low and high are the range
            of the training values, xp is numpy or keras.ops.
        draws: (settings) -> how many random numbers a sample needs, so that noise is (n, draws);
            without it noise has the shape of x.
        kinds: the kinds of data that it suits.
    """

    name: str
    title: str
    summary: str
    settings: type[Settings]
    noise: Literal["normal", "uniform", "none"]
    corrupt: Callable[[Any, Any, Any, Range, Any], Any]
    source: str
    draws: Callable[[Any], int] | None = None
    kinds: tuple[Kind, ...] = ("image", "table", "series", "text")
    order: int = 100

    @property
    def draws_noise(self) -> bool:
        """Whether samples are changed, at random, before the encoder sees them."""
        return self.noise != "none"

    def noise_shape(self, settings: Any, shape: Sequence[Any]) -> tuple[Any, ...]:
        """The shape of the random numbers for samples of this shape, (n, *sample_shape)."""
        return tuple(shape) if self.draws is None else (shape[0], self.draws(settings))
