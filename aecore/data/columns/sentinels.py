"""Sentinels: numbers such as -9999 that stand for missing values."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

NINES = re.compile(r"-?9{2,}(\.9+)?")
# Minus 99, but 99 may well be a number; three nines at least say enough where they come once.
LEAST_POSITIVE, LEAST_ALONE = 999, 999
OTHERS = {
    *(-200.0, -888.0, -8888.0, -777.0, -7777.0, 6999.0, 7777.0, 8888.0, -32768.0, 32767.0, 65535.0),
    *(-2147483648.0, 2147483647.0, 1e20, -1e20, 1e30, -1e30, 1e31, -1e31, -1e34, 1e35, -1e38),
}
MOST = 3


class Sentinel(NamedTuple):
    """A number that likely stands for a missing value, and how often it comes."""

    value: float
    cells: int


def sentinels(ordered: np.ndarray) -> tuple[Sentinel, ...]:
    """Numbers at an end of a column that are usual for missing values and far from all others.

    Far is at least the whole range of the others away from the nearest.

    Args:
        ordered: (n,) ascending, finite.
    """
    found: list[Sentinel] = []
    while len(found) < MOST:
        low, high = _at_end(ordered, 1), _at_end(-ordered[::-1], -1)
        if low is not None:
            ordered = ordered[low.cells :]
        elif high is not None:
            ordered = ordered[: len(ordered) - high.cells]
        one = low or high
        if one is None:
            break
        found.append(one)
    return tuple(found)


def _at_end(ordered: np.ndarray, sign: int) -> Sentinel | None:
    """The lowest number times a sign, where it is one."""
    if len(ordered) < 2:
        return None
    lowest = float(ordered[0])
    count = int(np.searchsorted(ordered, lowest, "right"))
    others = ordered[count:]
    if not len(others) or others[0] == others[-1]:
        return None
    far = float(others[0]) - lowest >= float(others[-1]) - float(others[0])
    return Sentinel(sign * lowest, count) if far and _is_usual(sign * lowest, count) else None


def _is_usual(value: float, count: int) -> bool:
    if count < 2 and abs(value) < LEAST_ALONE:
        return False
    nines = NINES.fullmatch(f"{value:.15g}") and (value < 0 or value >= LEAST_POSITIVE)
    return bool(nines) or (value in OTHERS and count > 1)
