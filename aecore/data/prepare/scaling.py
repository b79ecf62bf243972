"""`FittedScaler`: a scaling learned from training rows alone, applied and undone in float64."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.row_blocks import block_rows, blocks
from aecore.data.scalings import SCALINGS, ScalingSpec


@dataclass(frozen=True)
class Units:
    """How scaled values become raw again: raw = scaled · scale + offset.

    Attributes:
        scale, offset: float64, broadcast to samples (n, *sample_shape).
    """

    scale: np.ndarray
    offset: np.ndarray

    def raw(self, x: np.ndarray) -> np.ndarray:
        """Scaled to raw, (n, *sample_shape) float64: float32 would cut the digits of an offset."""
        return np.asarray(x, np.float64) * self.scale + self.offset

    def of(self, positions: np.ndarray) -> Units:
        """The units of some samples, where each sample has its own."""
        own = len(self.scale) > 1
        return Units(self.scale[positions], self.offset) if own else self

    def and_more(self, samples: int, other: Units, others: int) -> Units:
        """The units of so many samples, and of others of the same data behind them."""
        if len(self.scale) == 1 and len(other.scale) == 1:
            return self
        scales = [
            np.broadcast_to(units.scale, (count, *units.scale.shape[1:]))
            for units, count in ((self, samples), (other, others))
        ]
        return Units(np.concatenate(scales), self.offset)


@dataclass(frozen=True)
class FittedScaler:
    """scaled = (raw − offset) / scale, and of per-sample scaling raw / the sample's length.

    Attributes:
        scaling: its name.
        offset, scale: float64, (1,) or one a value of a sample's last axis: columns or channels.
        numbers: so many values of the last axis, the first, are scaled; those behind them, such as
            categories and terms, are weights already. None scales all.
    """

    scaling: str
    offset: np.ndarray
    scale: np.ndarray
    numbers: int | None = None

    @property
    def by_sample(self) -> bool:
        """Whether each sample has a scale of its own."""
        return SCALINGS[self.scaling].by_sample

    def scaled(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
        """Raw to scaled, (n, *sample_shape) float32; worked out in float64, block by block.

        Returns:
            The samples and, of per-sample scaling, the length (n,) of each, that of empty ones 1.
        """
        if x.dtype == np.uint8 and len(self.scale) == 1 and not self.by_sample:
            return self._bytes()[x], None
        out = np.empty(x.shape, np.float32)
        lengths = np.empty(len(x)) if self.by_sample else None
        for part in blocks(len(x), block_rows(math.prod(x.shape[1:]))):
            values = np.asarray(x[part], np.float64)
            own = None if lengths is None else self._lengths(values)
            if lengths is not None:
                lengths[part] = own
            units = self.units(own, values.ndim)
            # What is beyond float32 becomes infinite; who cannot use it looks for that.
            with np.errstate(over="ignore"):
                out[part] = (values - units.offset) / units.scale
        return out, lengths

    def units(self, lengths: np.ndarray | None, rank: int) -> Units:
        """How to undo it for samples of these lengths, in arrays of so many axes."""
        if lengths is None:
            # An axis for samples, that `Units` may be asked for those of one.
            return Units(self.scale[None], self.offset[None])
        own = lengths.reshape(-1, *[1] * (rank - 1))
        if self.numbers is not None:
            own = np.where(np.arange(len(self.scale)) < self.numbers, own, 1.0)
        return Units(own, self.offset[None])

    def _lengths(self, values: np.ndarray) -> np.ndarray:
        numbers = values[..., : self.numbers].reshape(len(values), -1)
        found = np.sqrt(np.square(numbers).sum(axis=1))
        found[found == 0] = 1.0
        return np.asarray(found)

    def _bytes(self) -> np.ndarray:
        """(256,) what each byte becomes: looked up, it need not be worked out for each pixel."""
        return ((np.arange(256.0) - self.offset) / self.scale).astype(np.float32)


def fit_scaler(
    scaling: str, parts: Iterable[np.ndarray], columns: int, behind: int | None = None
) -> FittedScaler:
    """A scaling learned from raw values.

    Args:
        parts: (rows, columns), one after another; read once.
        columns: of a sample's last axis; 1 where all its values share one range.
        behind: so many further values of the last axis stay as they are; None if all are scaled.
    """
    spec = SCALINGS[scaling]
    offset, scale = np.zeros(columns), np.ones(columns)
    if spec.sklearn_class is not None and columns:
        offset, scale = _learned(spec, parts)
    if behind is None:
        return FittedScaler(scaling, offset, scale)
    kept = np.concatenate([offset, np.zeros(behind)]), np.concatenate([scale, np.ones(behind)])
    return FittedScaler(scaling, *kept, columns)


def _learned(spec: ScalingSpec, parts: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Offset and scale of each column."""
    scaler = spec.make()
    if spec.in_parts:
        for part in parts:
            scaler.partial_fit(np.asarray(part, np.float64))
        return spec.learned(scaler)
    values = np.concatenate(list(parts)).astype(np.float64, copy=False)
    offset, scale = spec.learned(scaler.fit(values))
    return offset, scale if spec.spread is None else spec.spread(values)
