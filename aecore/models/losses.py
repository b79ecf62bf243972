"""Reconstruction losses, each defined once for training (keras.ops) and yardsticks (numpy).

Most losses are an element's penalty, and the loss of a batch is its mean over all elements and
samples; SSIM compares neighbourhoods of whole images.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

EPSILON = 1e-7
HUBER_DELTA = 1.0
SSIM_WINDOW, SSIM_SIGMA = 11, 1.5
SSIM_C1, SSIM_C2 = 0.01**2, 0.03**2

Elementwise = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True)
class LossSpec:
    """One reconstruction loss.

    Attributes:
        name: as in `training.loss`.
        title: as on screen.
        summary: one sentence in plain words.
        unit: the unit of its value.
        elementwise: (x, x_hat, xp) -> the penalty of each element, in the shape of x; None for a
            loss that is not a sum over elements.
        of_samples: (x, x_hat, xp) -> (n,) the loss of each sample, where `elementwise` is None.
        on_logits: `elementwise` from the values before a sigmoid, where that is more stable.
        unit_interval: whether x and x_hat must lie in [0, 1].
        gaussian: whether it is −log of a normal density, but for its variance and a constant.
        kinds: the kinds of data that it can compare.
        floor: the least it can be on samples x, where that is not 0.
        centre: which answer costs least where all samples get the same one, `mean` or `median`.
    """

    name: str
    title: str
    summary: str
    unit: str
    elementwise: Elementwise | None = None
    of_samples: Elementwise | None = None
    on_logits: Elementwise | None = None
    unit_interval: bool = False
    gaussian: bool = False
    kinds: tuple[str, ...] = ("image", "table", "series", "text")
    floor: Callable[[np.ndarray], float] | None = None
    centre: Literal["mean", "median"] = "mean"

    def penalties(self, x: Any, x_hat: Any, xp: Any) -> Any:
        """What the loss is the mean of: an array of elements' or of samples' penalties."""
        compare = self.elementwise or self.of_samples
        assert compare is not None
        return compare(x, x_hat, xp)


def mse(x: Any, x_hat: Any, xp: Any) -> Any:
    """(x − x̂)²."""
    return xp.square(x - x_hat)


def mae(x: Any, x_hat: Any, xp: Any) -> Any:
    """|x − x̂|."""
    return xp.abs(x - x_hat)


def huber(x: Any, x_hat: Any, xp: Any) -> Any:
    """½e² for |e| ≤ δ, δ|e| − ½δ² beyond, with e = x − x̂ and δ = 1 (Huber 1964)."""
    error = xp.abs(x - x_hat)
    return xp.where(
        error <= HUBER_DELTA, 0.5 * xp.square(error), HUBER_DELTA * (error - 0.5 * HUBER_DELTA)
    )


def binary_crossentropy(x: Any, x_hat: Any, xp: Any) -> Any:
    """−x log x̂ − (1 − x) log(1 − x̂), in nats.

    Held-out values beyond the range seen in training count as the end of the range.
    """
    x = xp.clip(x, 0.0, 1.0)
    p = xp.clip(x_hat, EPSILON, 1.0 - EPSILON)
    return -(x * xp.log(p) + (1.0 - x) * xp.log(1.0 - p))


def binary_crossentropy_on_logits(x: Any, logits: Any, xp: Any) -> Any:
    """The same from logits l: max(l, 0) − x·l + log(1 + e^−|l|)."""
    x = xp.clip(x, 0.0, 1.0)
    # log(1 + t) is a fifth faster than log1p(t) once compiled, and within 1e-7 of it for t ≤ 1.
    return xp.maximum(logits, 0.0) - x * logits + xp.log(1.0 + xp.exp(-xp.abs(logits)))


def ssim_loss(x: Any, x_hat: Any, xp: Any) -> Any:
    """(n,) 1 − SSIM of images (n, h, w, c) in [0, 1], averaged over places and channels.

    Wang et al. 2004: Gaussian window, σ = 1.5, 11 × 11, smaller where the image is; population
    covariance; places whose window would leave the image are left out.
    """
    rows, columns = (_gaussian_window_sums(side) for side in x.shape[1:3])

    def local_mean(values: Any) -> Any:
        return xp.einsum("ih,nhwc,jw->nijc", rows, values, columns)

    mean, mean_hat = local_mean(x), local_mean(x_hat)
    variance = local_mean(xp.square(x)) - xp.square(mean)
    variance_hat = local_mean(xp.square(x_hat)) - xp.square(mean_hat)
    covariance = local_mean(x * x_hat) - mean * mean_hat
    likeness = (2 * mean * mean_hat + SSIM_C1) * (2 * covariance + SSIM_C2)
    likeness /= (xp.square(mean) + xp.square(mean_hat) + SSIM_C1) * (
        variance + variance_hat + SSIM_C2
    )
    return 1.0 - xp.mean(likeness, axis=(1, 2, 3))


def _gaussian_window_sums(side: int) -> np.ndarray:
    """(places, side): each row weights one window along an axis of this many pixels."""
    window = min(SSIM_WINDOW, side if side % 2 else max(1, side - 1))
    offsets = np.arange(window) - window // 2
    weights = np.exp(-0.5 * np.square(offsets / SSIM_SIGMA))
    sums = np.zeros((side - window + 1, side), dtype=np.float32)
    for place in range(len(sums)):
        sums[place, place : place + window] = weights / weights.sum()
    return sums


def entropy_floor(x: np.ndarray) -> float:
    """The least binary cross-entropy any reconstruction can reach: the mean entropy of x in nats.

    H(x) = −x log x − (1 − x) log(1 − x); zero only where every value is 0 or 1.
    """
    if x.size == 0:
        return math.nan
    p = np.clip(x, 0.0, 1.0, dtype=np.float32)
    inner = p[(p > 0) & (p < 1)].astype(np.float64)
    return float(-(inner * np.log(inner) + (1 - inner) * np.log1p(-inner)).sum() / p.size)


def mean_loss(loss: str, x: np.ndarray, x_hat: np.ndarray) -> float:
    """The loss of all samples, summed in float64; x and x_hat of one shape. NaN for empty x."""
    if x.size == 0:
        return math.nan
    return float(np.mean(LOSSES[loss].penalties(x, x_hat, np), dtype=np.float64))


LOSSES = {
    spec.name: spec
    for spec in (
        LossSpec(
            name="mse",
            title="Mean squared error",
            summary="Penalises large errors most; the loss that PCA minimises.",
            unit="squared scaled units",
            elementwise=mse,
            gaussian=True,
        ),
        LossSpec(
            name="binary_crossentropy",
            title="Binary cross-entropy",
            summary="For values from 0 to 1, such as pixels, with a sigmoid output.",
            unit="nats per value",
            elementwise=binary_crossentropy,
            on_logits=binary_crossentropy_on_logits,
            unit_interval=True,
            floor=entropy_floor,
        ),
        LossSpec(
            name="mae",
            title="Mean absolute error",
            summary="Every unit of error counts the same, so outliers pull less.",
            unit="scaled units",
            elementwise=mae,
            centre="median",
        ),
        LossSpec(
            name="huber",
            title="Huber",
            summary="Squared for small errors, absolute for large ones.",
            unit="squared scaled units, linear beyond 1",
            elementwise=huber,
        ),
        LossSpec(
            name="ssim",
            title="Structural similarity",
            summary="1 − SSIM: compares brightness, contrast and structure around each pixel.",
            unit="1 − SSIM",
            of_samples=ssim_loss,
            unit_interval=True,
            kinds=("image",),
        ),
    )
}
