"""Stretches: the steps of a series in which what is odd lies together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Stretch:
    """Steps of one channel.

    Attributes:
        channel: its number.
        start, end: the first step and the one after the last.
        share: of the sample's score.
    """

    channel: int
    start: int
    end: int
    share: float


def odd_stretches(parts: np.ndarray, count: int) -> list[Stretch]:
    """The oddest stretch of each channel, those with the largest share first; at most `count`.

    A stretch is the steps whose parts exceed the sample's mean part by most in sum, so that one
    wild step is a stretch of one, and a level shift is one as long as it lasts.

    Args:
        parts: (steps, channels) each value's share of the score.
    """
    whole = float(parts.sum())
    if whole <= 0:
        return []
    excess = parts - parts.mean()
    found = []
    for channel in range(parts.shape[1]):
        start, end = largest_sum(excess[:, channel])
        share = float(parts[start:end, channel].sum() / whole)
        found.append(Stretch(channel, start, end, share))
    return sorted(found, key=lambda stretch: -stretch.share)[:count]


def largest_sum(values: np.ndarray) -> tuple[int, int]:
    """Start and end of the contiguous, not empty part of (n,) values with the largest sum.

    Source: Kadane's algorithm, in Bentley, Programming Pearls, CACM 1984.
    """
    best, found = -np.inf, (0, 1)
    running, start = 0.0, 0
    for place, value in enumerate(values.tolist()):
        if running <= 0:
            running, start = 0.0, place
        running += value
        if running > best:
            best, found = running, (start, place + 1)
    return found
