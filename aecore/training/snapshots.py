"""Snapshots: the same few samples and codes, seen again and again while training goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from aecore.data.prepared import Prepared
from aecore.models.autoencoder import Autoencoder
from aecore.training import events

MAX_SNAPSHOTS = 40
PROBE_BYTES = 12_000
PROBE_SAMPLES = 10
MAP_POINTS = 500
# Codes kept an epoch, so that wide ones of many looks still fit a run's folder.
MAP_VALUES = 64_000
LARGEST = float(np.finfo(np.float16).max)


def snapshot_epochs(epochs: int) -> set[int]:
    """Epochs (from 1) to look at: all of a short run, else denser at first; the last always."""
    if epochs <= MAX_SNAPSHOTS:
        return set(range(1, epochs + 1))
    return {round(e) for e in np.geomspace(1, epochs, MAX_SNAPSHOTS)} | {epochs}


@dataclass
class Snapshots:
    """Looks at a model at chosen epochs and keeps what it saw.

    `given` is what `seen` is with labels, for a model that takes them. The map's plane is fitted to
    the codes of the first look and kept, so that what moves on it is the model and not the view.
    """

    prepared: Prepared
    seen: np.ndarray
    given: np.ndarray
    encoding_dim: int
    display_range: tuple[float, float]
    epochs: list[int] = field(default_factory=list)
    reconstructions: list[np.ndarray] = field(default_factory=list)
    codes: list[np.ndarray] = field(default_factory=list)
    _plane: tuple[np.ndarray, np.ndarray] | None = None

    def __post_init__(self) -> None:
        self.measured_on, x, rows = self.prepared.watched
        shown = max(1, min(PROBE_SAMPLES, len(x), PROBE_BYTES // max(1, x[0].size)))
        self.probe, self.probe_rows = x[:shown], rows[:shown]
        self.probe_seen = self.seen[:shown]
        mapped = min(MAP_POINTS, max(2, MAP_VALUES // self.encoding_dim))
        self.map_given, self.map_rows = self.given[:mapped], rows[:mapped]

    def look(self, model: Autoencoder, epoch: int) -> events.Event:
        """What the model makes of the probe and the map's samples now, as an event."""
        given = self.given[: len(self.probe)]
        reconstruction = model.reconstructions(given, model.codes(given))
        code = model.codes(self.map_given)
        self.epochs.append(epoch)
        self.reconstructions.append(reconstruction.astype(np.float16))
        self.codes.append(np.clip(code, -LARGEST, LARGEST).astype(np.float16))
        return events.snapshot(epoch, self._probe(reconstruction), self._map(code))

    def save(self, path: Path) -> None:
        """Write all looks to one compressed `.npz`."""
        np.savez_compressed(
            path,
            epochs=np.array(self.epochs),
            rows=self.probe_rows,
            map_rows=self.map_rows,
            original=self.probe,
            reconstruction=np.array(self.reconstructions),
            code=np.array(self.codes),
        )

    def _probe(self, reconstruction: np.ndarray) -> dict[str, Any]:
        low, high = self.display_range
        dataset = self.prepared.dataset
        is_noisy = not np.array_equal(self.probe_seen, self.probe)
        seen = events.pack(self._shown(self.probe_seen), low=low, high=high)
        return {
            **({"seen": seen} if is_noisy else {}),
            "kind": dataset.kind,
            "measured_on": self.measured_on,
            "original": events.pack(self._shown(self.probe), low=low, high=high),
            "reconstruction": events.pack(self._shown(reconstruction), low=low, high=high),
            "labels": self._names(self.probe_rows),
        }

    def _shown(self, x: np.ndarray) -> np.ndarray:
        """Samples too large for an event, thinned evenly."""
        step = 1
        while x[:, ::step].size > PROBE_BYTES * (1 if x.ndim == 2 else step):
            step += 1
        if step == 1:
            return x
        return x[:, ::step] if x.ndim == 2 else x[:, ::step, ::step]

    def _map(self, code: np.ndarray) -> dict[str, Any]:
        if self._plane is None:
            self._plane = _principal_plane(code)
        center, axes = self._plane
        points = (code - center) @ axes
        labels = self.prepared.labels(self.map_rows)
        low, high = float(points.min()), float(points.max())
        return {
            "points": events.pack(points, low=low, high=high),
            "labels": None if labels is None else labels.tolist(),
            "class_names": [name[:40] for name in self.prepared.dataset.class_names[:MAP_POINTS]],
            "dimension": int(code.shape[1]),
        }

    def _names(self, rows: np.ndarray) -> list[str]:
        labels = self.prepared.labels(rows)
        names = self.prepared.dataset.class_names
        return [] if labels is None else [names[i][:40] for i in labels]


def _principal_plane(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Center (k,) and two axes (k, 2) of codes; codes of up to two numbers are kept as they are."""
    k = code.shape[1]
    if k <= 2:
        return np.zeros(k, np.float32), np.eye(k, 2, dtype=np.float32)
    center = code.mean(axis=0)
    _, _, axes = np.linalg.svd(code - center, full_matrices=False)
    plane = np.zeros((k, 2), np.float32)
    plane[:, : min(2, len(axes))] = axes[:2].T
    return center, plane
