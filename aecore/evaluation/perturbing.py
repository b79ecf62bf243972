"""Perturbations: noise, a covered part, a shift, a turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Range = tuple[float, float]


@dataclass(frozen=True)
class Perturbation:
    """What is done to a picture, in this order: turned, shifted, covered, made noisy.

    Attributes:
        degrees: turned anticlockwise.
        right, down: shifted by so many whole pixels.
        covered: side of a covered square, as a share of the picture's shorter side.
        across, along: where the square lies, 0 for left or top to 1 for right or bottom.
        noise: standard deviation of Gaussian noise, as a share of the value range.
        seed: another seed, other noise.
    """

    degrees: float = 0.0
    right: int = 0
    down: int = 0
    covered: float = 0.0
    across: float = 0.5
    along: float = 0.5
    noise: float = 0.0
    seed: int = 0


def perturbed(x: np.ndarray, how: Perturbation, value_range: Range) -> np.ndarray:
    """A picture (h, w, channels), disturbed; values stay within the range."""
    x = shifted(turned(x, how.degrees), how.right, how.down)
    x = covered(x, how.covered, how.across, how.along, sum(value_range) / 2)
    return noisy(x, how.noise, how.seed, value_range)


def turned(x: np.ndarray, degrees: float) -> np.ndarray:
    """A picture (h, w, channels) turned about its middle; corners come in as the border is."""
    if degrees % 360 == 0:
        return x
    from scipy import ndimage

    # Linear between pixels: a spline would overshoot the range.
    out = ndimage.rotate(
        x.astype(np.float64), degrees, reshape=False, order=1, mode="constant", cval=border(x)
    )
    return np.asarray(out, dtype=np.float32)


def shifted(x: np.ndarray, right: int, down: int) -> np.ndarray:
    """A picture (h, w, channels) moved by whole pixels; what comes in is as the border is."""
    height, width = x.shape[:2]
    out = np.full_like(x, border(x))
    if abs(right) >= width or abs(down) >= height:
        return out
    to_rows, from_rows = _overlap(down, height)
    to_columns, from_columns = _overlap(right, width)
    out[to_rows, to_columns] = x[from_rows, from_columns]
    return out


def covered(x: np.ndarray, share: float, across: float, along: float, value: float) -> np.ndarray:
    """A picture (h, w, channels) with a square of one value over it, wholly inside."""
    height, width = x.shape[:2]
    side = round(share * min(height, width))
    top, left = round(along * (height - side)), round(across * (width - side))
    out = x.copy()
    out[top : top + side, left : left + side] = value
    return out


def noisy(x: np.ndarray, share: float, seed: int, value_range: Range) -> np.ndarray:
    """A sample of any shape with Gaussian noise, clipped to the range.

    Args:
        share: standard deviation over the width of the range; 0 leaves x as it is.
    """
    if share == 0:
        return x
    low, high = value_range
    drawn = np.random.default_rng(seed).normal(0.0, share * (high - low), x.shape)
    return np.clip(x + drawn, low, high).astype(np.float32)


def border(x: np.ndarray) -> float:
    """The median value along the edges of a picture or pictures (…, h, w, channels)."""
    edges = (x[..., 0, :, :], x[..., -1, :, :], x[..., :, 0, :], x[..., :, -1, :])
    return float(np.median(np.concatenate([edge.ravel() for edge in edges])))


def _overlap(by: int, length: int) -> tuple[slice, slice]:
    """Where the part that stays in view goes to, and where it comes from."""
    return slice(max(by, 0), length + min(by, 0)), slice(max(-by, 0), length - max(by, 0))
