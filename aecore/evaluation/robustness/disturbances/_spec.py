"""What every disturbance declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore.data.dataset import Kind
from aecore.evaluation.robustness.disturbances._ground import Ground

# Samples, how strong, what is known of training rows -> the samples, disturbed.
Change = Callable[[np.ndarray, float, Ground, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class DisturbanceSpec:
    """One disturbance: name, title, a sentence, and how it is brought about.

    Attributes:
        kinds: of data that it suits.
        change: (samples (n, *sample_shape), strength, ground, random) -> samples, disturbed.
        strengths: five, ascending.
        unit: what these count, in words.
        restores: whether the clean sample is what should come out; of a picture that was moved it
            is the moved one, which is as good a sample as the first.
    """

    name: str
    title: str
    summary: str
    kinds: tuple[Kind, ...]
    change: Change
    strengths: tuple[float, float, float, float, float]
    unit: str
    restores: bool = True
    order: int = 100

    def disturb(self, x: np.ndarray, strength: float, ground: Ground, seed: int) -> np.ndarray:
        """Samples (n, *sample_shape) disturbed, the same for the same seed; float32."""
        changed = self.change(x, strength, ground, np.random.default_rng(seed))
        return np.asarray(ground.bounded(changed), np.float32)

    def wanted(self, clean: np.ndarray, disturbed: np.ndarray) -> np.ndarray:
        """What should come out of a model that sees the disturbed samples."""
        return clean if self.restores else disturbed
