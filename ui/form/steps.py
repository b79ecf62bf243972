"""Steps: the numbers at which sliders and fields of numbers stop."""

from __future__ import annotations

import math

from aecore.settings import Control


def step_that_shows(value: float, control: Control) -> float:
    """The option's own step, or a finer one on whose grid the value lies."""
    low = control.ge or 0.0
    for step in (control.step or 0.01, 0.01, 0.001, 1e-4, 1e-5):
        steps = (value - low) / step
        if abs(steps - round(steps)) < 1e-6:
            return step
    return 1e-6


def decimals(step: float) -> int:
    """Digits after the point that a step needs."""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def stops(low: float, high: float) -> list[float]:
    """The numbers 1, 2 and 5 times a power of ten from low to high."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    numbers = (float(f"{digit}e{power}") for power in powers for digit in (1, 2, 5))
    return [number for number in numbers if low <= number <= high]
