"""Do drawings and picture files become samples as the run's preprocessing makes them?"""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from aecore.errors import DataError
from aecore.evaluation.own_pictures import from_drawing, from_picture, style_of
from aecore.evaluation.samples import Samples
from tests import made


def samples_of(raw: np.ndarray, scale: float = 1.0, offset: float = 0.0) -> Samples:
    """Kept pictures (n, h, w, channels) with these raw values."""
    x = ((raw - offset) / scale).astype(np.float32)
    return made.samples(
        "image",
        x,
        x,
        display_range=(float(x.min()), float(x.max())),
        scale=np.full((1, 1), scale, np.float32),
        offset=np.full((1, 1), offset, np.float32),
    )


def drawn_digits() -> np.ndarray:
    """White shapes of 20 × 10 pixels in the middle of 28 × 28 black ones, as bytes."""
    raw = np.zeros((4, 28, 28, 1))
    raw[:, 4:24, 9:19] = 255.0
    return raw


def png(picture: np.ndarray) -> bytes:
    """A picture of bytes as a file."""
    content = io.BytesIO()
    Image.fromarray(picture.astype(np.uint8)).save(content, "PNG")
    return content.getvalue()


def test_a_drawing_is_sized_and_placed_as_in_the_data() -> None:
    """A small tall bar in a corner becomes 20 pixels tall, its mass in the middle, and white."""
    pad = np.full((112, 112), 255)
    pad[2:42, 2:12] = 0
    style = style_of(samples_of(drawn_digits(), scale=255.0), "min-max")
    assert style.is_drawn and not style.light_ground

    sample = from_drawing(png(pad), style, fitted=True)

    assert sample is not None and sample.shape == (28, 28, 1)
    rows, columns = np.nonzero(sample[..., 0] > 0.5)
    assert (rows.min(), rows.max()) == (4, 23)
    assert columns.max() - columns.min() + 1 == 5
    assert (columns.min() + columns.max() + 1) / 2 == pytest.approx(14, abs=0.5)
    assert sample.max() == pytest.approx(1.0)


def test_a_dot_stays_a_dot() -> None:
    """It is not blown up to the size of a digit."""
    pad = np.full((112, 112), 255)
    pad[50:54, 50:54] = 0

    sample = from_drawing(png(pad), style_of(samples_of(drawn_digits()), "none"), fitted=True)

    assert sample is not None
    assert (sample > 10).sum() == 3 * 3


def test_a_drawing_can_stay_where_it_is() -> None:
    """The left half of the pad is the left half of the sample, in the data's own units."""
    pad = np.full((112, 112), 255)
    pad[:, :56] = 0
    style = style_of(samples_of(drawn_digits(), scale=50.0, offset=30.0), "standardize")

    sample = from_drawing(png(pad), style, fitted=False)

    assert sample is not None
    white, black = (255 - 30) / 50, (0 - 30) / 50
    np.testing.assert_allclose(sample[:, :13], white, rtol=1e-5)
    np.testing.assert_allclose(sample[:, 15:], black, rtol=1e-5)


def test_ink_is_dark_where_the_data_is_drawn_on_white() -> None:
    """And an empty pad is no sample."""
    style = style_of(samples_of(255.0 - drawn_digits(), scale=255.0), "min-max")
    pad = np.full((112, 112), 255)

    assert style.light_ground
    assert from_drawing(png(pad), style, fitted=True) is None
    pad[50:60, 50:60] = 0
    sample = from_drawing(png(pad), style, fitted=True)
    assert sample is not None
    assert sample[0, 0, 0] == 1.0 and sample[14, 14, 0] == 0.0


@pytest.mark.parametrize(("high", "expected"), [(255.0, 100.0), (16.0, 16 * 100 / 255)])
def test_a_picture_gets_the_units_of_the_data(high: float, expected: float) -> None:
    """Bytes stay bytes; where shades are counted to 16, white is 16. Colours turn grey."""
    raw = drawn_digits() * high / 255
    style = style_of(samples_of(raw), "none")
    picture = np.full((40, 60, 3), 100)
    picture[..., 2] = 101

    sample = from_picture(png(picture), "a.png", style)

    assert sample.shape == (28, 28, 1)
    np.testing.assert_allclose(sample, expected, rtol=0.01)


def test_each_sample_can_have_length_one() -> None:
    """Scaled by itself, as its preprocessing does."""
    style = style_of(samples_of(drawn_digits()), "per-sample")

    sample = from_picture(png(np.full((28, 28), 80)), "a.png", style)

    assert np.linalg.norm(sample) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "content", [b"no image", png(np.random.default_rng(0).integers(0, 255, (9, 9)))[:60]]
)
def test_a_bad_file_is_explained(content: bytes) -> None:
    """Cause, and what to do."""
    style = style_of(samples_of(drawn_digits()), "none")

    with pytest.raises(DataError) as refused:
        from_picture(content, "a.png", style)

    assert "a.png" in refused.value.cause and "PNG or JPEG" in refused.value.remedy
