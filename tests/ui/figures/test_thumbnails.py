"""Does a sample have a small picture where its kind has one?"""

from __future__ import annotations

import base64
import io
import re

import numpy as np
from PIL import Image

from tests import made
from ui.base.theme import LIGHT
from ui.figures.thumbnails import SIDE, thumbnail


def test_an_image_keeps_its_shades() -> None:
    """Enlarged by a whole factor, with sharp edges."""
    image = np.zeros((1, 8, 8, 1))
    image[0, 2, 3] = 1.0

    address = thumbnail(made.samples("image", image, image), 0, LIGHT)

    assert address is not None
    packed = base64.b64decode(address.removeprefix("data:image/png;base64,"))
    picture = np.asarray(Image.open(io.BytesIO(packed)))
    factor = SIDE // 8
    np.testing.assert_array_equal(picture[::factor, ::factor], 255 * image[0, ..., 0])


def test_a_series_is_a_line_of_its_first_channel() -> None:
    """From left to right, large values at the top, also where all are equal."""
    waves = np.stack([[0.0, 1.0, 0.5], [2.0, 2.0, 2.0]])[..., None]
    line, flat = (thumbnail(made.samples("series", waves, waves), i, LIGHT) for i in range(2))

    assert isinstance(line, str) and isinstance(flat, str)
    (x0, y0), (x1, y1), (x2, y2) = _points(line)
    assert x0 < x1 < x2 and y1 < y2 < y0
    assert len({y for _, y in _points(flat)}) == 1


def test_tables_and_texts_have_no_small_picture() -> None:
    """Their cards are words alone."""
    assert thumbnail(made.texts(2, 3), 0, LIGHT) is None


def _points(svg: str) -> list[tuple[float, ...]]:
    found = re.search(r'points="([^"]+)"', svg)
    assert found is not None
    return [tuple(map(float, point.split(","))) for point in found[1].split()]
