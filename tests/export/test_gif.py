"""Is what comes out a GIF of all frames, in their colours?"""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from aecore.errors import LatentError
from aecore.export.gif import encode_gif


def test_a_gif_has_every_frame_for_its_time() -> None:
    """Each opens again as it was, the last stays longer, and it begins anew without end."""
    frames = [np.full((20, 30, 3), (40 * i, 90, 255 - 40 * i), np.uint8) for i in (0, 3, 5)]

    film = Image.open(io.BytesIO(encode_gif(frames, seconds=0.2)))

    assert (film.format, film.size, film.n_frames, film.info["loop"]) == ("GIF", (30, 20), 3, 0)
    for place, (frame, milliseconds) in enumerate(zip(frames, (200, 200, 1000), strict=True)):
        film.seek(place)
        assert film.info["duration"] == milliseconds
        np.testing.assert_allclose(np.asarray(film.convert("RGB")), frame, atol=3)


def test_no_frames_are_no_gif() -> None:
    """In a sentence."""
    with pytest.raises(LatentError, match="no frames"):
        encode_gif([], 0.2)
