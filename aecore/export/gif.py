"""GIF: pictures as one file that moves."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np

from aecore.errors import LatentError

COLOURS = 128
LAST_FRAME_TIMES = 5


def encode_gif(frames: Sequence[np.ndarray], seconds: float) -> bytes:
    """A GIF without end of frames (h, w, 3) of bytes, each shown so long, the last five times that.

    All frames share the 128 colours of a sample of them, so that nothing flickers.

    Raises:
        LatentError: there are no frames.
    """
    from PIL import Image

    if not len(frames):
        raise LatentError("There are no frames to make a film of.", "Choose another run.")
    middle = np.concatenate([frames[0], frames[len(frames) // 2], frames[-1]])
    shared = Image.fromarray(middle).quantize(COLOURS)
    pictures = [
        Image.fromarray(frame).quantize(palette=shared, dither=Image.Dither.NONE)
        for frame in frames
    ]
    milliseconds = round(1000 * seconds)
    buffer = io.BytesIO()
    pictures[0].save(
        buffer,
        "GIF",
        save_all=True,
        append_images=pictures[1:],
        duration=[milliseconds] * (len(pictures) - 1) + [LAST_FRAME_TIMES * milliseconds],
        loop=0,
        optimize=False,
    )
    return buffer.getvalue()
