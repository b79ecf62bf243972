"""Snapshots: the same few samples and codes, seen again and again while training goes on."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from aecore.data.dataset import Kind
from aecore.data.prepare.preparing import Prepared
from aecore.data.terms import Term, absent_weights, compare_terms
from aecore.models.autoencoder import Autoencoder
from aecore.models.code_lengths import lengths, shortened
from aecore.training import events
from aecore.training.files import LARGEST_HALF, compact
from aecore.training.first_numbers import FirstNumbers

MAX_SNAPSHOTS = 40
PROBE_BYTES = 12_000
# Samples in a probe, and the values that a look keeps of them at most.
PROBE_SIZES: dict[Kind, tuple[int, int]] = {
    "image": (10, PROBE_BYTES),
    "table": (10, PROBE_BYTES),
    "series": (4, 10 * PROBE_BYTES),
    "text": (4, 10 * PROBE_BYTES),
}
PROBE_STEPS = 200
PROBE_CHANNELS = 3
PROBE_TERMS = 6
LONGEST_NAME = 40
# Room over and under a channel's own values, as a share of their span, for what overshoots.
HEADROOM = 0.25
MAP_POINTS = 500
# Codes kept an epoch, so that wide ones of many looks still fit a run's folder.
MAP_VALUES = 64_000
# Values rebuilt at each look for the errors of the map's samples; more would hold up training.
JUDGED_VALUES = 2_000_000


def snapshot_epochs(epochs: int) -> set[int]:
    """Epochs (from 1) to look at: all of a short run, else denser at first; the last always."""
    if epochs <= MAX_SNAPSHOTS:
        return set(range(1, epochs + 1))
    return {round(e) for e in np.geomspace(1, epochs, MAX_SNAPSHOTS)} | {epochs}


@dataclass
class SnapshotRecorder:
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
    errors: list[np.ndarray] = field(default_factory=list)
    _plane: tuple[np.ndarray, np.ndarray] | None = None

    def __post_init__(self) -> None:
        self.measured_on, x, rows = self.prepared.watched
        samples, values = PROBE_SIZES[self.prepared.dataset.kind]
        shown = max(1, min(samples, len(x), values // max(1, x[0].size)))
        self.probe, self.probe_rows = x[:shown], rows[:shown]
        self.probe_seen = self.seen[:shown]
        mapped = min(MAP_POINTS, max(2, MAP_VALUES // self.encoding_dim))
        self.map_rows = rows[:mapped]
        self.judged = x[: min(mapped, max(shown, JUDGED_VALUES // max(1, x[0].size)))]

    def record(self, model: Autoencoder, epoch: int) -> events.Event:
        """What the model makes of the probe and the map's samples now, as an event."""
        reconstruction, code = self.keep(model, epoch)
        return events.snapshot(epoch, self._probe(reconstruction), self._map(code))

    def keep(self, model: Autoencoder, epoch: int) -> tuple[np.ndarray, np.ndarray]:
        """What the model makes of the probe now, and the codes of the map's samples."""
        shown, judged = len(self.probe), len(self.judged)
        code = model.codes(self.given[: max(shown, len(self.map_rows))])
        rebuilt = max(shown, judged)
        made = model.reconstructions(self.given[:rebuilt], code[:rebuilt])
        off = np.square(made[:judged] - self.judged).reshape(judged, -1)
        self.epochs.append(epoch)
        self.reconstructions.append(compact(made[:shown]))
        self.codes.append(compact(code[: len(self.map_rows)]))
        self.errors.append(off.mean(axis=1, dtype=np.float64))
        return made[:shown], code[: len(self.map_rows)]

    def first_numbers(self, model: Autoencoder) -> FirstNumbers:
        """What the model makes of the probe with the first numbers of its codes alone."""
        given = self.given[: len(self.probe)]
        code = model.codes(given)
        asked = lengths(code.shape[1])
        made = [model.reconstructions(given, shortened(code, length)) for length in asked]
        errors = (float(np.square(x_hat - self.probe).mean(dtype=np.float64)) for x_hat in made)
        return FirstNumbers(asked, tuple(errors), tuple(self._probe(x_hat) for x_hat in made))

    def save(self, path: Path) -> None:
        """Write all looks to one compressed `.npz`, as `SnapshotHistory.load` reads it."""
        labels = self.prepared.labels(self.map_rows)
        np.savez_compressed(
            path,
            epochs=np.array(self.epochs),
            rows=self.probe_rows,
            map_rows=self.map_rows,
            original=self.probe,
            reconstruction=np.array(self.reconstructions),
            code=np.array(self.codes),
            error=np.array(self.errors),
            label=np.full(len(self.map_rows), -1) if labels is None else labels,
        )

    def _probe(self, reconstruction: np.ndarray) -> dict[str, Any]:
        kind = self.prepared.dataset.kind
        shown = {"series": self._series, "text": self._texts}.get(kind, self._pixels)
        return {
            "kind": kind,
            "measured_on": self.measured_on,
            **shown(reconstruction),
            "labels": self._names(self.probe_rows),
        }

    def _pixels(self, reconstruction: np.ndarray) -> dict[str, Any]:
        low, high = self.display_range
        return {
            name: events.pack(self._shown(x), low=low, high=high)
            for name, x in self._sides(reconstruction).items()
        }

    def _series(self, reconstruction: np.ndarray) -> dict[str, Any]:
        """The first channels, each in a range of its own, of every so manyth step."""
        total, channels = self.probe.shape[1:]
        every = math.ceil(total / PROBE_STEPS)
        sides = {name: x[:, ::every] for name, x in self._sides(reconstruction).items()}
        return {
            "channels": [
                self._channel(channel, sides) for channel in range(min(channels, PROBE_CHANNELS))
            ],
            "every": every,
            "of_steps": total,
            "of_channels": channels,
        }

    def _channel(self, channel: int, sides: dict[str, np.ndarray]) -> dict[str, Any]:
        names = self.prepared.dataset.feature_names
        own = sides["original"][..., channel]
        low, high = float(own.min()), float(own.max())
        room = HEADROOM * (high - low) or 1.0
        return {
            "name": names[channel][:LONGEST_NAME] if names else f"channel {channel + 1}",
            **{
                name: events.pack(x[..., channel], low=low - room, high=high + room)
                for name, x in sides.items()
            },
        }

    def _texts(self, reconstruction: np.ndarray) -> dict[str, Any]:
        """The heaviest terms of each text before and after, not all its weights."""
        names = self.prepared.dataset.feature_names
        absent = absent_weights(self.prepared.watched[1])
        pairs = [
            compare_terms(before, after, absent, names, PROBE_TERMS)
            for before, after in zip(self.probe, reconstruction, strict=True)
        ]
        return {
            "texts": [
                {"original": _listed(pair.original), "reconstruction": _listed(pair.reconstruction)}
                for pair in pairs
            ]
        }

    def _sides(self, reconstruction: np.ndarray) -> dict[str, np.ndarray]:
        """Originals, what the encoder saw where that is something else, and reconstructions."""
        is_noisy = not np.array_equal(self.probe_seen, self.probe)
        return {
            **({"seen": self.probe_seen} if is_noisy else {}),
            "original": self.probe,
            "reconstruction": reconstruction,
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
            "points": events.pack(points, low=low, high=high, bits=16),
            "labels": None if labels is None else labels.tolist(),
            "class_names": [
                name[:LONGEST_NAME] for name in self.prepared.dataset.class_names[:MAP_POINTS]
            ],
            "dimension": int(code.shape[1]),
        }

    def _names(self, rows: np.ndarray) -> list[str]:
        labels = self.prepared.labels(rows)
        names = self.prepared.dataset.class_names
        return [] if labels is None else [names[i][:LONGEST_NAME] for i in labels]


def _listed(terms: tuple[Term, ...]) -> list[list[Any]]:
    """Terms as JSON: name, weight, and whether the other side has it."""
    return [
        [term.name[:LONGEST_NAME], round(min(term.weight, LARGEST_HALF), 4), term.shared]
        for term in terms
    ]


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
