"""What the samples of an array of rank 3 are: grey pictures, or series of several channels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from aecore.data.reading_options import CHANNELS_FIRST, IMAGES, SERIES

# Looked at, spread over the array.
MOST_LOOKED_AT = 2_000
# Series have few channels, and are long beside them; pictures are not so narrow.
MOST_CHANNELS, NARROW = 16, 4
# Of one range for all, a channel keeps so little at most where channels are of different size.
UNLIKE = 10
# Columns of pixels of 8 bits differ by no more than 255, however dark a picture's edge is.
UNLIKE_PIXELS = 256
GREY = 255


class Guess(NamedTuple):
    """A kind of samples, as `ReadingOptions.sample_kind` has it, and what speaks for it."""

    kind: str
    because: str = ""


def guessed_kind(x: np.ndarray) -> Guess:
    """Pictures or series, of finite numbers (n, a, b), told from shape and values.

    One channel alone, and few channels beside many steps, are series; so are channels each of
    which would keep little of a range that all share. Bytes are pictures.
    """
    _, steps, channels = x.shape
    if channels == 1:
        return Guess(SERIES, "they have one channel")
    if steps == 1:
        return Guess(CHANNELS_FIRST, "they have one channel, which comes first")
    looked_at = x[:: -(-len(x) // MOST_LOOKED_AT)]
    if _are_grey(looked_at):
        return Guess(IMAGES, "values are whole numbers from 0 to 255")
    if channels <= MOST_CHANNELS and steps >= NARROW * channels:
        return Guess(SERIES, "they are long, and few channels wide")
    if steps <= MOST_CHANNELS and channels >= NARROW * steps:
        return Guess(CHANNELS_FIRST, "they are few channels high, and long")
    if _unlikeness(looked_at) > (UNLIKE if channels <= MOST_CHANNELS else UNLIKE_PIXELS):
        return Guess(SERIES, "their channels are of very different size")
    return Guess(IMAGES)


def _are_grey(x: np.ndarray) -> bool:
    if x.dtype == np.uint8:
        return True
    return bool(x.min() >= 0 and UNLIKE < x.max() <= GREY and (x % 1 == 0).all())


def _unlikeness(x: np.ndarray) -> float:
    """How many times the range of all values is that of the narrowest channel; constant ones out.

    Shape (n, steps, channels).
    """
    low, high = x.min(axis=(0, 1)).astype(np.float64), x.max(axis=(0, 1)).astype(np.float64)
    own = (high - low)[high > low]
    return float((high.max() - low.min()) / own.min()) if own.size else 1.0
