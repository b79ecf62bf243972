"""Pictures: resizing and greying before training."""

from __future__ import annotations

import numpy as np

# Shares of red, green and blue in what the eye sees as brightness: ITU-R BT.601.
BRIGHTNESS = (0.299, 0.587, 0.114)
COLOURS = 3


def shape_after(shape: tuple[int, ...], *, size: int | None, colour: str) -> tuple[int, ...]:
    """Shape (height, width, channels) of a picture after `changed`."""
    height, width, channels = shape
    if size is not None:
        height = width = size
    return height, width, 1 if colour == "grey" and channels == COLOURS else channels


def changed(x: np.ndarray, *, size: int | None, colour: str) -> np.ndarray:
    """Pictures (n, h, w, c), greyed and scaled to size × size where that is asked for."""
    if colour == "grey" and x.shape[-1] == COLOURS:
        weights = np.array(BRIGHTNESS, np.float32)
        grey = np.tensordot(x.astype(np.float32), weights, axes=1)[..., None]
        x = np.rint(grey).astype(np.uint8) if x.dtype == np.uint8 else grey
    if size is None or x.shape[1:3] == (size, size):
        return x
    # Pillow resizes bytes and float32.
    return _resized(x if x.dtype == np.uint8 else x.astype(np.float32), size)


def _resized(x: np.ndarray, size: int) -> np.ndarray:
    from PIL import Image

    out = np.empty((len(x), size, size, x.shape[-1]), dtype=x.dtype)
    for i, picture in enumerate(x):
        for channel in range(x.shape[-1]):
            plane = Image.fromarray(np.ascontiguousarray(picture[..., channel]))
            scaled = plane.resize((size, size), Image.Resampling.BILINEAR)
            out[i, ..., channel] = np.asarray(scaled)
    return out
