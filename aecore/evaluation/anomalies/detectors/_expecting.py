"""What detectors expect in the place of a row, so that it can be told where the row is odd."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.detectors._spec import Expecter


def middle(x: np.ndarray) -> Expecter:
    """The median of each column of the training rows."""
    medians = np.median(x, axis=0)
    return lambda rows: np.broadcast_to(medians, rows.shape)


def of_neighbours(x: np.ndarray, count: int) -> Expecter:
    """The mean of the nearest training rows; a training row is no neighbour of itself."""
    from sklearn.neighbors import NearestNeighbors

    near = NearestNeighbors(n_neighbors=min(count + 1, len(x))).fit(x)

    def expected(rows: np.ndarray) -> np.ndarray:
        distances, places = near.kneighbors(rows)
        is_itself = (distances[:, 0] == 0) & (places.shape[1] > 1)
        # Row by row, for wide rows and all their neighbours would fill the memory.
        means = [
            x[own[1:] if itself else own[:count]].mean(axis=0)
            for own, itself in zip(places, is_itself, strict=True)
        ]
        return np.reshape(means, rows.shape)

    return expected
