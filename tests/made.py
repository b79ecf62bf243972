"""Samples of series and texts and looks of a training, made up, as a run would keep them."""

from __future__ import annotations

from typing import Any

import numpy as np

from aecore.data.dataset import Kind
from aecore.evaluation.samples import Samples, sample_errors
from aecore.training.snapshot_history import SnapshotHistory

HOSTILE = "<b>&\"'](http://a.b) :red[x]</b>"


def samples(kind: Kind, original: Any, reconstruction: Any, **other: Any) -> Samples:
    """Samples of any kind, without labels, with names for the last axis."""
    original, reconstruction = np.float32(original), np.float32(reconstruction)
    n = len(original)
    given = {
        "measured_on": "validation",
        "kind": kind,
        "index": np.arange(n),
        "original": original,
        "reconstruction": reconstruction,
        "code": np.arange(2 * n, dtype=np.float32).reshape(n, 2),
        "error": sample_errors(original, reconstruction) if n else np.empty(0),
        "label": None,
        "class_names": (),
        "feature_names": names(original.shape[-1]),
        "display_range": (0.0, 1.0),
        "total": n,
    }
    return Samples(**{**given, **other})


def series(n: int, steps: int, channels: int, **other: Any) -> Samples:
    """Waves and a flatter reconstruction of each."""
    time = np.linspace(0, 9, steps)[:, None] + np.arange(channels)
    original = np.sin(time[None] + np.arange(n)[:, None, None])
    return samples("series", original, 0.75 * original, **other)


def texts(n: int, terms: int, **other: Any) -> Samples:
    """Text i has the terms i and i + 1; its reconstruction the terms i and i + 2."""
    rows = np.arange(n)
    original, reconstruction = np.zeros((2, n, terms))
    original[rows, rows % terms], original[rows, (rows + 1) % terms] = 0.8, 0.4
    reconstruction[rows, rows % terms], reconstruction[rows, (rows + 2) % terms] = 0.6, 0.2
    return samples("text", original, reconstruction, **other)


def kept_snapshots(frames: int, original: Any, width: int = 3) -> SnapshotHistory:
    """Looks at a training in which reconstructions near the originals and codes spread out."""
    original, time = np.float32(original), np.linspace(0.1, 1, frames, dtype=np.float32)
    shaped = time.reshape(-1, *(1,) * original.ndim)
    code = np.random.default_rng(0).normal(size=(30, width)).astype(np.float32)
    return SnapshotHistory(
        epochs=np.arange(frames),
        rows=np.arange(len(original)),
        original=original,
        reconstruction=shaped * original + (1 - shaped) / 2,
        map_rows=np.arange(30),
        code=time[:, None, None] * code,
        error=np.linspace(0.01, 0.2, 30) * (1.2 - time[:, None]),
        label=np.arange(30) % 3,
    )


def names(count: int) -> tuple[str, ...]:
    """Names for the last axis; the first is one that must not become markup."""
    return (HOSTILE, *(f"name {i}" for i in range(1, count)))
