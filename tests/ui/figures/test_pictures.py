"""Do pictures show the right values in the right place, crisply and in a fixed scale?"""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from aecore.evaluation.samples import Samples
from ui.base.theme import LIGHT
from ui.figures.pictures import shades, sprites, tints, triptychs

BLUE, ORANGE = (0x1F, 0x4A, 0xA8), (0xA3, 0x51, 0x0D)


def images(original: Any, reconstruction: Any) -> Samples:
    """Samples of images given as (n, h, w, channels)."""
    original, reconstruction = np.float32(original), np.float32(reconstruction)
    n = len(original)
    return Samples(
        measured_on="validation",
        kind="image",
        index=np.arange(n),
        original=original,
        reconstruction=reconstruction,
        code=np.zeros((n, 1), dtype=np.float32),
        error=np.zeros(n),
        label=None,
        class_names=(),
        feature_names=(),
        display_range=(0.0, 1.0),
        total=n,
    )


def test_black_and_white_are_the_ends_of_the_range() -> None:
    """Values outside are clipped, and what is no number is drawn black, not garbage."""
    values = np.array([-1.0, 0.0, 0.5, 1.0, 9.0, np.nan]).reshape(1, 1, 6, 1)

    assert shades(values, (0.0, 1.0))[0, 0, :, 0].tolist() == [0, 0, 128, 255, 255, 0]


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_images_of_any_channels_become_rgb(channels: int) -> None:
    """Grey is spread, colour kept, transparency left out."""
    assert shades(np.ones((2, 4, 5, channels)), (0.0, 1.0)).shape == (2, 4, 5, 3)


def test_a_range_of_one_value_is_drawn() -> None:
    """A data set of equal values does not divide by zero."""
    assert shades(np.full((1, 1, 1, 1), 3.0), (3.0, 3.0)).max() == 0


def test_the_sign_of_a_difference_is_its_colour() -> None:
    """Too dark is blue, too bright orange, and no difference is neutral."""
    differences = np.array([-1.0, 0.0, 1.0]).reshape(1, 1, 3, 1)

    blue, neutral, orange = tints(differences, 1.0, LIGHT.diverging)[0, 0].tolist()

    assert (tuple(blue), tuple(orange)) == (BLUE, ORANGE)
    assert min(neutral) > 0xE0


def test_a_difference_beyond_the_limit_takes_the_end_of_the_scale() -> None:
    """And its limit decides how strong a difference looks."""
    differences = np.full((1, 1, 1, 1), 0.5)

    assert tuple(tints(differences, 0.1, LIGHT.diverging)[0, 0, 0]) == ORANGE
    assert tuple(tints(differences, 50.0, LIGHT.diverging)[0, 0, 0]) != ORANGE


def test_a_triptych_holds_original_reconstruction_and_difference() -> None:
    """In that order, with gaps one sees through, each pixel a crisp square."""
    samples = images(np.zeros((1, 2, 2, 1)), np.ones((1, 2, 2, 1)))

    (picture,) = triptychs(samples, np.array([0]), 1.0, LIGHT.diverging, side=10)

    assert picture.shape == (20, 3 * 20 + 2 * 8, 4)
    assert picture[10, 10].tolist() == [0, 0, 0, 255]
    assert picture[10, 20 + 4, 3] == 0
    assert picture[10, 28 + 10].tolist() == [255, 255, 255, 255]
    assert picture[10, 56 + 10].tolist() == [*ORANGE, 255]


def test_only_the_positions_asked_for_are_drawn() -> None:
    """In the order asked for."""
    original = np.linspace(0, 1, 3).reshape(3, 1, 1, 1)

    pictures = triptychs(images(original, original), np.array([2, 0]), 1.0, LIGHT.diverging)

    assert [int(picture[0, 0, 0]) for picture in pictures] == [255, 0]


def test_each_sprite_is_where_it_is_looked_for() -> None:
    """By its position: row and column of the sheet, original before reconstruction."""
    original = np.linspace(0, 1, 7).reshape(7, 1, 1, 1) * np.ones((1, 4, 4, 1))
    sheet = sprites(images(original, 1 - original))
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(sheet.source.split(",")[1]))))

    for i, value in enumerate(original[:, 0, 0, 0]):
        left = (i % sheet.columns) * 2 * sheet.width
        top = (i // sheet.columns) * sheet.height
        assert pixels[top, left] == pytest.approx(255 * value, abs=1)
        assert pixels[top, left + sheet.width] == pytest.approx(255 * (1 - value), abs=1)


def test_sprites_of_large_images_stay_small() -> None:
    """5,000 of them must fit into one message to the browser."""
    sheet = sprites(images(np.zeros((2, 100, 60, 3)), np.zeros((2, 100, 60, 3))))

    assert (sheet.width, sheet.height) == (15, 25)
