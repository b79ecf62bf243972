"""Film: codes and errors of a run while it trained, in one fixed projection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from aecore.evaluation.samples import Samples
from aecore.latent.maps.plane import fit_plane
from aecore.training.snapshot_history import SnapshotHistory

MAX_FRAMES = 48
BINS = 36
# Errors of one film may span so many times; smaller ones stand in the first bar.
MAX_SPAN = 1e4
# Of all points of all frames; a few outliers must not shrink the rest to a dot.
SHARE_IN_VIEW = 0.995
ROOM = 0.05


@dataclass(frozen=True)
class Film:
    """Frames of a run's training; t frames.

    Attributes:
        snapshots: what was kept at each frame.
        snapshots_kept: looks that the run kept, of which the film may show fewer.
        points: (t, m, 2) the codes on the plane of the last frame's two principal components, as
            shares of the view: from 0 to 1, upwards.
        explained: share of the last frame's variance along the two axes.
        label: (m,) class indices, or None without labels.
        edges: (bins + 1,) errors between the bars, in equal ratios; empty where none were kept.
        counts: (t, bins) samples in each bar.
        mean_error: (t,) mean error of those samples; empty where none were kept.
    """

    snapshots: SnapshotHistory
    snapshots_kept: int
    points: np.ndarray
    explained: tuple[float, float]
    label: np.ndarray | None
    edges: np.ndarray
    counts: np.ndarray
    mean_error: np.ndarray


def make_film(snapshots: SnapshotHistory, samples: Samples, most: int = MAX_FRAMES) -> Film:
    """The film of a run: at most so many frames, the first and the last among them.

    Labels that the looks lack are taken from the run's samples, if those hold every row.

    Raises:
        LatentError: there are no codes, or some of the last frame are no finite numbers.
    """
    shown = _thinned(snapshots, most)
    plane = fit_plane(shown.code[-1])
    places = np.array([plane.to_plane(code) for code in np.nan_to_num(shown.code)])
    edges, counts, means = _spread(shown.error)
    return Film(
        snapshots=shown,
        snapshots_kept=len(snapshots.epochs),
        points=_in_view(places),
        explained=plane.explained,
        label=snapshots.label
        if snapshots.label is not None
        else _labels(snapshots.map_rows, samples),
        edges=edges,
        counts=counts,
        mean_error=means,
    )


def losses_at(epochs: np.ndarray, history: Mapping[str, list[float]]) -> list[float | None]:
    """The validation loss, else the training loss, after each epoch; None before training."""
    curve = history.get("val_loss") or history.get("loss") or []
    return [curve[epoch - 1] if 0 < epoch <= len(curve) else None for epoch in epochs.tolist()]


def _thinned(snapshots: SnapshotHistory, most: int) -> SnapshotHistory:
    if len(snapshots.epochs) <= most:
        return snapshots
    kept = np.linspace(0, len(snapshots.epochs) - 1, most).round().astype(int)
    return replace(
        snapshots,
        epochs=snapshots.epochs[kept],
        reconstruction=snapshots.reconstruction[kept],
        code=snapshots.code[kept],
        error=None if snapshots.error is None else snapshots.error[kept],
    )


def _in_view(places: np.ndarray) -> np.ndarray:
    """Places (t, m, 2) as shares of a square around almost all of them, distances kept."""
    low, high = np.quantile(places, (1 - SHARE_IN_VIEW, SHARE_IN_VIEW), axis=(0, 1))
    side = float((high - low).max()) * (1 + 2 * ROOM) or 1.0
    unit = 0.5 + (places - (low + high) / 2) / side
    return np.asarray(unit.clip(0.0, 1.0), dtype=np.float32)


def _spread(error: np.ndarray | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Edges, counts a frame and mean a frame, on one scale for all frames."""
    known = np.empty(0) if error is None else error[np.isfinite(error)]
    if error is None or not known.size or known.max() <= 0:
        return np.empty(0), np.empty((0, 0), dtype=np.int64), np.empty(0)
    high = float(known.max())
    low = max(float(known[known > 0].min()), high / MAX_SPAN)
    edges = np.geomspace(min(low, 0.9 * high), high, BINS + 1)
    frames = np.nan_to_num(error, nan=high, posinf=high).clip(edges[0], edges[-1])
    counts = np.array([np.histogram(frame, edges)[0] for frame in frames])
    return edges, counts, error.mean(axis=1)


def _labels(rows: np.ndarray, samples: Samples) -> np.ndarray | None:
    if samples.label is None:
        return None
    known = dict(zip(samples.index.tolist(), samples.label.tolist(), strict=True))
    if not all(row in known for row in rows.tolist()):
        return None
    return np.array([known[row] for row in rows.tolist()])
