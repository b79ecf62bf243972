"""Interpolation between codes, and directions between groups of samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.errors import LatentError
from aecore.latent.codes import checked, checked_point

# Below this sine, vectors are parallel or opposite, and no great circle is singled out.
PARALLEL = 1e-6
# A distance between means that is owed to rounding, as a share of the largest number.
NO_STEP = 1e-12


@dataclass(frozen=True)
class Direction:
    """The way from the mean code of one group to that of another.

    Attributes:
        unit: (k,) of length 1.
        length: distance between the two means, in units of the code.
    """

    unit: np.ndarray
    length: float


def linear(a: np.ndarray, b: np.ndarray, steps: int) -> np.ndarray:
    """(steps, k) codes evenly along the straight line from a to b, (k,) each, ends included.

    Raises:
        LatentError: the codes are unusable or of different widths, or there are under 2 steps.
    """
    a, b = _ends(a, b, steps)
    t = np.linspace(0.0, 1.0, steps)[:, None]
    return (1.0 - t) * a + t * b


def spherical(a: np.ndarray, b: np.ndarray, steps: int) -> np.ndarray:
    """(steps, k) codes along the great circle from a to b, (k,) each, ends included.

    The direction turns evenly by sin((1−t)θ)/sin θ and sin(tθ)/sin θ, while the length goes
    straight from that of a to that of b. For a zero, parallel or opposite vector it is the
    straight line. Source: Shoemake 1985; for latent codes White 2016.

    Raises:
        LatentError: as `linear`.
    """
    a, b = _ends(a, b, steps)
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    if min(lengths) == 0:
        return linear(a, b, steps)
    of_a, of_b = a / lengths[0], b / lengths[1]
    # The arc cosine loses half of the digits at small angles; this does not.
    angle = 2.0 * np.arctan2(np.linalg.norm(of_b - of_a), np.linalg.norm(of_b + of_a))
    if np.sin(angle) < PARALLEL:
        return linear(a, b, steps)
    t = np.linspace(0.0, 1.0, steps)[:, None]
    turned = (np.sin((1.0 - t) * angle) * of_a + np.sin(t * angle) * of_b) / np.sin(angle)
    return ((1.0 - t) * lengths[0] + t * lengths[1]) * turned


def class_means(code: np.ndarray, label: np.ndarray) -> dict[int, np.ndarray]:
    """Class index -> (k,) mean of its codes, for each class that labels (n,) name.

    Raises:
        LatentError: there are no codes, some are no finite numbers, or labels differ in number.
    """
    code, label = checked(code), np.asarray(label)
    _check_rows(len(code), label)
    return {int(value): code[label == value].mean(axis=0) for value in np.unique(label)}


def analogy(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """(k,) a − b + c: what is to c as a is to b. Source: Mikolov et al. 2013.

    Raises:
        LatentError: the codes are unusable or of different widths.
    """
    a, b, c = (checked_point(point) for point in (a, b, c))
    _check_widths(a, b, c)
    return a - b + c


def direction(code: np.ndarray, these: np.ndarray, those: np.ndarray) -> Direction:
    """From the mean code of `these` to that of `those`, both masks (n,) over codes (n, k).

    Raises:
        LatentError: the codes are unusable, a group is empty, or both have the same mean.
    """
    code = checked(code)
    groups = [np.asarray(mask, dtype=bool) for mask in (these, those)]
    for mask in groups:
        _check_rows(len(code), mask)
        if not mask.any():
            raise LatentError("One of the two groups has no samples.", "Choose samples for both.")
    step = code[groups[1]].mean(axis=0) - code[groups[0]].mean(axis=0)
    length = float(np.linalg.norm(step))
    if length <= NO_STEP * np.abs(code).max():
        raise LatentError(
            "Both groups have the same mean code, so no direction leads from one to the other.",
            "Choose groups that differ.",
        )
    return Direction(step / length, length)


def _ends(a: np.ndarray, b: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    a, b = checked_point(a), checked_point(b)
    _check_widths(a, b)
    if steps < 2:
        raise LatentError(f"A way has at least its two ends, not {steps} steps.", "Choose more.")
    return a, b


def _check_widths(*points: np.ndarray) -> None:
    if len({len(point) for point in points}) > 1:
        widths = " and ".join(str(len(point)) for point in points)
        raise LatentError(
            f"The codes have {widths} numbers, not the same.", "Take codes of one latent space."
        )


def _check_rows(rows: int, values: np.ndarray) -> None:
    if values.shape != (rows,):
        raise LatentError(
            f"There are {rows} codes, but labels or choices of shape {values.shape}.",
            "Give one for each code.",
        )
