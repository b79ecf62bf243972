"""The PCA plane: from a place on the map to a code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.latent.codes import checked


@dataclass(frozen=True)
class Plane:
    """The plane along the two directions in which codes vary most.

    Attributes:
        mean: (k,) the code at the origin.
        axes: (k, 2) orthonormal columns; a column that the codes do not fill is zero.
        explained: share of the codes' variance along each axis.
    """

    mean: np.ndarray
    axes: np.ndarray
    explained: tuple[float, float]

    def to_plane(self, code: np.ndarray) -> np.ndarray:
        """(n, 2) the places of codes (n, k), seen at right angles to the plane."""
        return (np.asarray(code, dtype=np.float64) - self.mean) @ self.axes

    def from_plane(self, points: np.ndarray) -> np.ndarray:
        """(n, k) the codes in the plane at places (n, 2)."""
        return self.mean + np.asarray(points, dtype=np.float64) @ self.axes.T


def plane_of(code: np.ndarray) -> Plane:
    """The plane to look at codes (n, k) in: that of their own two numbers, or of their PCA.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    code = checked(code)
    if code.shape[1] != 2:
        return fit_plane(code)
    variance = code.var(axis=0)
    shares = variance / (variance.sum() or 1.0)
    return Plane(np.zeros(2), np.eye(2), (float(shares[0]), float(shares[1])))


def fit_plane(code: np.ndarray) -> Plane:
    """The plane of the two principal components of codes (n, k): the map that PCA draws.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    code = checked(code)
    axes, explained = np.zeros((code.shape[1], 2)), np.zeros(2)
    most = min(2, *code.shape)
    if len(code) > 1 and np.ptp(code, axis=0).any():
        from sklearn.decomposition import PCA

        # As the map is drawn, so that a place in the map is a place in this plane.
        fitted = PCA(n_components=most, random_state=0).fit(code)
        axes[:, :most] = fitted.components_.T
        explained[:most] = fitted.explained_variance_ratio_
    return Plane(code.mean(axis=0), axes, (float(explained[0]), float(explained[1])))
