"""Traversal: codes in which two units are moved, the rest of the code staying as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.errors import LatentError
from aecore.latent.codes import checked, checked_point
from aecore.latent.ordering import quantile_ranges

Range = tuple[float, float]


@dataclass(frozen=True)
class Grid:
    """Codes laid out as a sheet of images reads: the first row is the top.

    Attributes:
        codes: (steps, steps, k), by row and column.
        across: (steps,) value of the first unit in each column, ascending.
        up: (steps,) value of the second unit in each row, descending.
    """

    codes: np.ndarray
    across: np.ndarray
    up: np.ndarray


def plane(
    point: np.ndarray, units: tuple[int, int], ranges: tuple[Range, Range], steps: int
) -> Grid:
    """The code (k,) with two units moved evenly, the first across and the second upwards.

    Args:
        ranges: (low, high) of the first and of the second unit.

    Raises:
        LatentError: there are no such units, they are the same, or there is no step.
    """
    point = checked_point(point)
    _check(len(point), units, steps)
    across, up = (np.linspace(low, high, steps) for low, high in ranges)
    return _grid(point, units, across, up[::-1])


def manifold(code: np.ndarray, steps: int) -> Grid:
    """The plane that codes (n, 2) fill, evenly between their 1 % and 99 % quantiles.

    Raises:
        LatentError: the codes are no pairs of finite numbers, or there is no step.
    """
    code = checked(code)
    if code.shape[1] != 2:
        raise LatentError(
            f"Only a code of 2 numbers is a plane, and this one has {code.shape[1]}.",
            "Move two units of one sample instead.",
        )
    ranges = quantile_ranges(code)
    of_first, of_second = ((float(low), float(high)) for low, high in ranges)
    return plane(code.mean(axis=0), (0, 1), (of_first, of_second), steps)


def _grid(point: np.ndarray, units: tuple[int, int], across: np.ndarray, up: np.ndarray) -> Grid:
    codes = np.tile(point, (len(up), len(across), 1))
    codes[:, :, units[0]] = across
    codes[:, :, units[1]] = up[:, None]
    return Grid(codes, across, up)


def _check(width: int, units: tuple[int, ...], steps: int) -> None:
    if any(not 0 <= unit < width for unit in units) or len(set(units)) < len(units):
        raise LatentError(
            f"Units {', '.join(map(str, units))} cannot be moved in a code of {width} numbers.",
            f"Choose different units from 0 to {width - 1}.",
        )
    if steps < 1:
        raise LatentError(f"There must be at least one step, not {steps}.", "Choose 1 or more.")
