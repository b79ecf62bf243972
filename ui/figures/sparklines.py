"""Sparklines: a series as two small lines, for thousands of samples in one message."""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass

import numpy as np

from aecore.evaluation.reconstruction import feature_names
from aecore.evaluation.samples import Samples
from ui.figures.svg import shortened

MAX_STEPS = 100
MAX_CHANNELS = 3
# Of all samples together: a message to the browser should stay small.
MAX_BYTES = 1_500_000
LETTERS = 32
# A few outliers must not flatten all other lines.
USUAL_SHARE = 0.995
HEADROOM = 0.1


@dataclass(frozen=True)
class Sparklines:
    """The lines of every sample, each channel on one scale for all samples.

    Attributes:
        values: base64 of bytes from 0, low, to 255, high: (n, channels, 2, steps), original
            before reconstruction.
        names: of the channels.
        steps: in one line.
    """

    values: str
    names: tuple[str, ...]
    steps: int


def sparklines(samples: Samples) -> Sparklines:
    """Original and reconstruction of every series, thinned evenly; of the first channels."""
    n, total, channels = samples.original.shape
    shown = min(channels, MAX_CHANNELS)
    room = MAX_BYTES // max(1, 2 * n * shown)
    step = math.ceil(total / max(1, min(MAX_STEPS, room)))
    pair = np.stack(
        [x[:, ::step, :shown] for x in (samples.original, samples.reconstruction)], axis=1
    )
    bytes_ = _as_bytes(np.moveaxis(pair, -1, 1))
    names = tuple(shortened(name, LETTERS) for name in feature_names(samples)[:shown])
    return Sparklines(base64.b64encode(bytes_.tobytes()).decode("ascii"), names, bytes_.shape[-1])


def _as_bytes(lines: np.ndarray) -> np.ndarray:
    """Lines (n, channels, 2, steps) as bytes of the range of each channel's originals."""
    edges = (1 - USUAL_SHARE, USUAL_SHARE)
    low, high = np.quantile(lines[:, :, :1], edges, axis=(0, 2, 3), keepdims=True)
    room = HEADROOM * (high - low)
    span = np.where(room > 0, high - low + 2 * room, 1.0)
    unit = np.nan_to_num((lines - low + room) / span)
    return (np.clip(unit, 0, 1) * 255 + 0.5).astype(np.uint8)
