"""Traversal: codes along which units are moved, one or two at a time."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

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


def line(point: np.ndarray, unit: int, low: float, high: float, steps: int) -> np.ndarray:
    """(steps, k) the code (k,) with one unit moved evenly from low to high.

    Raises:
        LatentError: there is no such unit, or no step.
    """
    point = checked_point(point)
    _check(len(point), (unit,), steps)
    codes = np.tile(point, (steps, 1))
    codes[:, unit] = np.linspace(low, high, steps)
    return codes


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


def prior_manifold(scale: float, steps: int) -> Grid:
    """The plane of a prior N(0, scale²) of 2 units, each cell equally likely under the prior.

    Values are the quantiles (i + ½)/steps. Source: Kingma and Welling 2014, figure 4.

    Raises:
        LatentError: the scale is not above 0, or there is no step.
    """
    if not scale > 0:
        raise LatentError(f"A prior's spread must be above 0, not {scale:g}.", "Choose another.")
    _check(2, (0, 1), steps)
    prior = NormalDist(0.0, scale)
    values = np.array([prior.inv_cdf((i + 0.5) / steps) for i in range(steps)])
    return _grid(np.zeros(2), (0, 1), values, values[::-1])


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
