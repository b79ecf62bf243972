"""`Compared`: the samples that detectors are compared on, all or some of those that were scored."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.scaling import Units

# Samples that other detectors are compared on at most, and values of them that are held.
MOST_SAMPLES = 50_000
MOST_VALUES = 50_000_000


@dataclass(frozen=True)
class Compared:
    """Samples that were scored.

    Attributes:
        position: (c,) ascending, their places among all that were.
        x: (c, *sample_shape), scaled.
        label: (c,) class indices, or None without labels.
        units: how they become raw again.
    """

    position: np.ndarray
    x: np.ndarray
    label: np.ndarray | None
    units: Units

    def of(self, places: np.ndarray) -> Compared:
        """Some of them, by their places here."""
        return Compared(
            self.position[places],
            self.x[places],
            None if self.label is None else self.label[places],
            self.units.of(places),
        )

    def and_more(self, other: Compared) -> Compared:
        """These and then others, of the same data."""
        both = self.label is not None and other.label is not None
        return Compared(
            np.concatenate([self.position, other.position]),
            np.concatenate([self.x, other.x]),
            np.concatenate([self.label, other.label]) if both else None,
            self.units.and_more(len(self.x), other.units, len(other.x)),
        )


class ComparedDraw:
    """Draws samples while they go by, each of them as likely as any other, to a limit.

    Each gets a random number, and those with the lowest are kept (Vitter, Random Sampling with a
    Reservoir, 1985).
    """

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._numbers = np.empty(0)
        self.drawn: Compared | None = None

    def add(self, samples: Compared) -> None:
        """Samples that come after all before."""
        numbers = self._random.random(len(samples.x))
        most = min(MOST_SAMPLES, MOST_VALUES // max(1, samples.x[0].size))
        if self.drawn is not None:
            if len(self._numbers) >= most:
                low = np.flatnonzero(numbers < self._numbers.max(initial=0.0))
                samples, numbers = samples.of(low), numbers[low]
            samples = self.drawn.and_more(samples)
            numbers = np.concatenate([self._numbers, numbers])
        if len(numbers) > most:
            kept = np.sort(np.argpartition(numbers, most)[:most])
            samples, numbers = samples.of(kept), numbers[kept]
        self.drawn, self._numbers = samples, numbers
