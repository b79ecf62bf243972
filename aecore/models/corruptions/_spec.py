"""What every corruption declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from aecore.settings import Settings

Range = tuple[float, float]


@dataclass(frozen=True)
class CorruptionSpec:
    """One way to corrupt samples before the encoder sees them.

    Attributes:
        noise: what random numbers, in the shape of x, it needs: standard `normal`, `uniform` in
            [0, 1), or `none`.
        corrupt: (settings, x, noise, (low, high), xp) -> x corrupted; low and high are the range
            of the training values, xp is numpy or keras.ops.
    """

    name: str
    title: str
    summary: str
    settings: type[Settings]
    noise: Literal["normal", "uniform", "none"]
    corrupt: Callable[[Any, Any, Any, Range, Any], Any]
    source: str
    order: int = 100

    @property
    def draws_noise(self) -> bool:
        """Whether samples are changed, at random, before the encoder sees them."""
        return self.noise != "none"
