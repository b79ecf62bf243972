"""Axes: the place of a value, and the round numbers written along them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

ROUND = (1, 2, 5, 10)
# Rounding of floats must not push an end's own number off the axis.
SLACK = 1e-9
# A logarithmic axis over more decades than this is marked at whole decades alone.
FEW_DECADES = 3


@dataclass(frozen=True)
class Axis:
    """One direction of a chart.

    Attributes:
        low, high: values at its ends; above 0 where it is logarithmic.
        start, stop: where these are, in pixels.
        log: whether equal steps are equal factors.
    """

    low: float
    high: float
    start: float
    stop: float
    log: bool = False

    def place(self, value: float) -> float | None:
        """Where a value lies, in pixels; None where it is no number, or has no logarithm."""
        if not math.isfinite(value) or (self.log and value <= 0):
            return None
        low, high, here = (self._measure(v) for v in (self.low, self.high, value))
        return self.start + (here - low) / ((high - low) or 1.0) * (self.stop - self.start)

    def ticks(self, most: int, *, whole: bool = False) -> list[float]:
        """Round numbers between the ends, from low to high.

        Args:
            most: how many at most; if logarithmic, decades, with up to three numbers in each.
            whole: whether only whole numbers count.
        """
        if self.log:
            return self._decades(most)
        step = round_up((self.high - self.low) / max(1, most - 1))
        step = max(1.0, step) if whole else step
        first = math.ceil(self.low / step - SLACK)
        last = math.floor(self.high / step + SLACK)
        return [float(f"{i * step:.10g}") for i in range(first, last + 1)]

    def _decades(self, most: int) -> list[float]:
        low, high = math.log10(self.low), math.log10(self.high)
        powers = range(math.floor(low), math.ceil(high) + 1)
        every = max(1, math.ceil(len(powers) / most))
        digits = ROUND[:3] if high - low <= FEW_DECADES else ROUND[:1]
        found = [float(f"{d}e{p}") for p in powers[::every] for d in digits]
        return [v for v in found if self.low * (1 - SLACK) <= v <= self.high * (1 + SLACK)]

    def _measure(self, value: float) -> float:
        return math.log10(value) if self.log else value


def round_up(value: float) -> float:
    """The next 1, 2 or 5 times a power of ten, for a value above 0."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(d * power for d in ROUND if value <= d * power * (1 + SLACK))


def round_down(value: float) -> float:
    """The 1, 2 or 5 times a power of ten before, for a value above 0."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(d * power for d in (5, 2, 1) if value >= d * power * (1 - SLACK))


def extent(values: Sequence[float], *, log: bool) -> tuple[float, float]:
    """Round numbers around all values, as ends of an axis that seldom moves when one is added."""
    if not values:
        return (0.01, 1.0) if log else (0.0, 1.0)
    low, high = min(values), max(values)
    if log:
        positive = [value for value in values if value > 0] or [1e-6]
        return _apart(round_down(min(positive)), round_up(max(*positive, 1e-6)))
    step = round_up((high - low) / 5 or abs(high) / 5 or 1.0)
    floor, ceiling = math.floor(low / step) * step, math.ceil(high / step) * step
    if floor == ceiling:
        floor, ceiling = floor - step, ceiling + step
    return (0.0 if 0 <= floor <= step else float(f"{floor:.6g}")), float(f"{ceiling:.6g}")


def _apart(low: float, high: float) -> tuple[float, float]:
    """Ends of a logarithmic axis, moved apart where they are one."""
    return (low, high) if low < high else (low / 2, high * 2)
