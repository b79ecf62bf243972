"""Yardsticks: how well simpler ways reconstruct the same rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.models.losses import LOSSES, mean_loss

ROWS_AT_ONCE = 4096


@dataclass(frozen=True)
class Baselines:
    """Reconstructions learned from training rows without any network.

    Attributes:
        mean: (features,) float64, the mean training sample.
        components: (k, features) orthonormal rows that span the principal subspace.
        centre: (features,), the one answer to all samples that costs least.
    """

    mean: np.ndarray
    components: np.ndarray
    centre: np.ndarray

    def by_mean(self, x: np.ndarray) -> np.ndarray:
        """The mean training sample for every row of x: (n, *sample_shape)."""
        return np.broadcast_to(self.mean.reshape(x.shape[1:]), x.shape)

    def by_centre(self, x: np.ndarray) -> np.ndarray:
        """The answer that costs least where every row of x, (n, *sample_shape), gets the same."""
        return np.broadcast_to(self.centre.reshape(x.shape[1:]), x.shape)

    def by_pca(self, x: np.ndarray) -> np.ndarray:
        """Each row of x projected on the principal subspace and back."""
        flat = x.reshape(len(x), -1) - self.mean
        found = flat @ self.components.T @ self.components + self.mean
        return found.reshape(x.shape).astype(x.dtype)


def fit_baselines(train: np.ndarray, dimension: int, loss: str = "mse") -> Baselines:
    """Mean and exact PCA of `dimension` components from training rows (n, *sample_shape).

    Args:
        loss: decides whether the best single answer is the mean or the median of each value.
    """
    from sklearn.decomposition import PCA

    flat = train.reshape(len(train), -1)
    mean = flat.mean(axis=0, dtype=np.float64)
    centre = mean if LOSSES[loss].centre == "mean" else np.median(flat, axis=0)
    # What float32 cannot tell apart far from zero would else be lost in squares of large values.
    flat = _less(flat, mean)
    k = min(dimension, *flat.shape)
    # The covariance route is exact to float32 and far faster where rows outnumber features.
    solver = "covariance_eigh" if flat.shape[0] >= flat.shape[1] else "full"
    # Of a single row, or of equal ones, shares of variance come out as 0 / 0; none is used here.
    with np.errstate(invalid="ignore"):
        pca = PCA(k, svd_solver=solver).fit(flat)
    return Baselines(mean, pca.components_, centre)


def _less(flat: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Rows (n, features) less their mean, subtracted in float64, some thousand at a time."""
    found = np.empty_like(flat)
    for start in range(0, len(flat), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        found[rows] = flat[rows] - mean
    return found


def yardsticks(
    loss: str, baselines: Baselines, x: np.ndarray, seen: np.ndarray
) -> dict[str, float]:
    """The loss of each simpler way to get at x, and for binary cross-entropy the entropy floor.

    PCA is given what the encoder sees; where that is not x, it is a yardstick of its own. Values
    are clipped to [0, 1] where the loss needs that.
    """
    found = {
        LOSSES[loss].centre: mean_loss(loss, x, baselines.by_centre(x)),
        "pca": mean_loss(loss, x, baselines.by_pca(seen)),
    }
    if seen is not x:
        found["noisy_input"] = mean_loss(loss, x, seen)
    floor = LOSSES[loss].floor
    if floor is not None:
        found["entropy_floor"] = floor(x)
    return found
