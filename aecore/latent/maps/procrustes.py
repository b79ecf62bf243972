"""Procrustes: turning one map onto another, so that only real changes are seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aecore.errors import LatentError
from aecore.latent.codes import checked


def align(moving: np.ndarray, fixed: np.ndarray) -> np.ndarray:
    """`moving` (n, d), shifted and turned or mirrored to lie nearest to `fixed` (n, d).

    Distances within the map stay as they are: it is not scaled.
    Source: Schönemann 1966, the orthogonal Procrustes problem.

    Raises:
        LatentError: the maps differ in shape, or hold no finite points.
    """
    from scipy.linalg import orthogonal_procrustes

    moving, fixed = checked(moving), checked(fixed)
    if moving.shape != fixed.shape:
        raise LatentError(
            f"Maps of shapes {moving.shape} and {fixed.shape} cannot be laid over one another.",
            "Take maps of the same samples.",
        )
    centred = moving - moving.mean(axis=0)
    turn, _ = orthogonal_procrustes(centred, fixed - fixed.mean(axis=0))
    return centred @ turn + fixed.mean(axis=0)


def align_all(frames: Sequence[np.ndarray], reference: int = -1) -> list[np.ndarray]:
    """The frames (n, d) of a film, each laid over the one next to it, out from the reference.

    The reference, by default the last, stays as it is. Following neighbours rather than the
    reference itself leaves the least movement from one frame to the next.

    Raises:
        LatentError: as `align`, or there is no such frame.
    """
    if not -len(frames) <= reference < len(frames):
        raise LatentError(f"There is no frame {reference} among {len(frames)}.", "Choose another.")
    start = reference % len(frames)
    aligned = [checked(frame) for frame in frames]
    for i in range(start - 1, -1, -1):
        aligned[i] = align(aligned[i], aligned[i + 1])
    for i in range(start + 1, len(aligned)):
        aligned[i] = align(aligned[i], aligned[i - 1])
    return aligned
