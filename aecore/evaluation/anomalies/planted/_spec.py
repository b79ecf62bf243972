"""What every planted defect declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from aecore.data.dataset import Kind
from aecore.evaluation.anomalies.planted._ground import Ground

Level = Literal["low", "middle", "high"]
LEVELS: tuple[Level, ...] = ("low", "middle", "high")
# Samples float64, how strong, what is known of training rows -> the samples, changed.
Change = Callable[[np.ndarray, float, Ground, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class DefectSpec:
    """One defect: name, title, a sentence, and how it is planted.

    Attributes:
        kinds: of data that it suits.
        change: (samples (n, *sample_shape), strength, ground, random) -> new samples with the
            defect; as they are where they have no place for it.
        strengths: how strong each level is.
        unit: what the numbers in `strengths` count, in words.
    """

    name: str
    title: str
    summary: str
    kinds: tuple[Kind, ...]
    change: Change
    strengths: Mapping[Level, float]
    unit: str
    order: int = 100

    def plant(
        self, x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray]:
        """Samples with the defect, and which of their values it changed.

        Args:
            x: (n, *sample_shape), in scaled units; stays as it is.
            strength: in what `unit` says.
            ground: what was learned of the training rows.

        Returns:
            Both (n, *sample_shape): of the type of x, and true where a value differs. Changed
            values keep to the ground's bounds. A sample without a place for the defect is not
            changed.
        """
        changed = self.change(x.astype(np.float64), strength, ground, random)
        # Only what was changed is brought within bounds.
        out = np.where(changed.astype(x.dtype) == x, x, ground.bounded(changed).astype(x.dtype))
        return out, out != x

    def meaning(self, level: Level) -> str:
        """What a level means, such as "4 spreads of the column"."""
        return f"{self.strengths[level]:g} {self.unit}"


def one_by_one(change: Change) -> Change:
    """A change of one sample (*sample_shape), made of each of many."""

    def changed(
        x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
    ) -> np.ndarray:
        out = x.copy()
        for row, sample in enumerate(x):
            out[row] = change(sample, strength, ground, random)
        return out

    return changed
