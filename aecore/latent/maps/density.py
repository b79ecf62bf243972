"""Density of samples over a map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.latent.codes import checked
from aecore.latent.neighbours import of_every

CELLS = 100
# Places with less density than all but this share of the samples count as empty.
RARE = 0.05
# The blur reaches as far as a sample's tenth neighbour, which follows how dense the map is.
NEIGHBOURS = 10
# The blur is cut off at four standard deviations, so that this margin loses nothing of it.
MARGIN = 4.0
# The least extent of a map, as a share of its largest coordinate.
FINEST = 1e-6
# And in any case: densities over a smaller area would be too large for a number.
SMALLEST = 1e-100


@dataclass(frozen=True)
class Density:
    """How densely samples lie over a map, as a grid.

    Attributes:
        values: (cells, cells) by row, from the lowest, and column; samples per unit of area, as a
            share of all, so that it sums to 1 over the area.
        extent: (left, right, bottom, top) of the grid, in units of the map.
    """

    values: np.ndarray
    extent: tuple[float, float, float, float]

    def at(self, points: np.ndarray) -> np.ndarray:
        """(n,) the density at places (n, 2); 0 outside of the grid."""
        return _lookup(self.values, self.extent, np.asarray(points, dtype=np.float64))


def density(points: np.ndarray, cells: int = CELLS) -> Density:
    """Histogram of places (n, 2), blurred as far as the median distance to the tenth neighbour.

    Raises:
        LatentError: there are no points, or some are no finite numbers.
    """
    from scipy.ndimage import gaussian_filter

    points = checked(points)
    blur = _blur(points, cells)
    low, high = points.min(axis=0) - MARGIN * blur, points.max(axis=0) + MARGIN * blur
    extent = (float(low[0]), float(high[0]), float(low[1]), float(high[1]))
    across_up, _, _ = np.histogram2d(
        points[:, 0], points[:, 1], bins=cells, range=(extent[:2], extent[2:])
    )
    size = (high - low) / cells
    smooth = gaussian_filter(across_up.T, (blur / size)[::-1], mode="constant", truncate=MARGIN)
    values = smooth / (smooth.sum() * size.prod())
    return Density(values, extent)


def share_emptier(found: Density, points: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Share of the samples at `points` (n, 2) that lie where there is less density than `values`.

    Args:
        values: densities of any shape, such as `found.values` or `found.at(places)`.

    Returns:
        0 to 1 in the shape of `values`; below `RARE` where a place counts as empty.
    """
    own = np.sort(found.at(points))
    return np.asarray(np.searchsorted(own, values, side="left") / len(own))


def _blur(points: np.ndarray, cells: int) -> np.ndarray:
    """(2,) standard deviation of the blur along each axis, at least a cell's size."""
    spans = np.ptp(points, axis=0)
    # A line or a single point has no height of its own; any will do that numbers can tell apart.
    spans = np.where(spans > 0, spans, spans.max() or 1.0)
    spans = np.maximum(spans, max(FINEST * np.abs(points).max(), SMALLEST))
    reach = 0.0
    if len(points) > 1:
        others = of_every(points, min(NEIGHBOURS, len(points) - 1))[:, -1]
        reach = float(np.median(np.linalg.norm(points - points[others], axis=1)))
    # Wider, and the margins would outgrow the map.
    return np.clip(reach, spans / cells, spans / MARGIN)


def _lookup(
    values: np.ndarray, extent: tuple[float, float, float, float], points: np.ndarray
) -> np.ndarray:
    left, right, bottom, top = extent
    cells = len(values)
    column = np.floor((points[:, 0] - left) / (right - left) * cells).astype(int)
    row = np.floor((points[:, 1] - bottom) / (top - bottom) * cells).astype(int)
    inside = (column >= 0) & (column < cells) & (row >= 0) & (row < cells)
    found = values[np.clip(row, 0, cells - 1), np.clip(column, 0, cells - 1)]
    return np.where(inside, found, 0.0)
