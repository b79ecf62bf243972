"""Pictures of 16 bits: which bits are used, in grey and in colours, and how they become bytes."""

import numpy as np
import pytest
from PIL import Image

from aecore.data.picture_files.decoding import brightest_value, decode_picture, measure_picture
from aecore.data.picture_files.depth import used_bits
from tests.data.readers.drawn import deep_png, encoded, netpbm, ramp

TURNED = 6


def as_bytes(values, most):
    """What they become, worked out by itself."""
    return np.rint(values * 255.0 / most)


def colours(high):
    """A picture (h, w, 3) uint16."""
    return np.stack([ramp(high, seed=seed) for seed in range(3)], axis=-1)


FILES = {
    "grey PNG": lambda high: (ramp(high), encoded(ramp(high))),
    "grey TIFF": lambda high: (ramp(high), encoded(ramp(high), "TIFF")),
    "packed TIFF": lambda high: (ramp(high), encoded(ramp(high), "TIFF", compression="tiff_lzw")),
    "PGM": lambda high: (ramp(high), netpbm(ramp(high), 65535)),
    "coloured PNG": lambda high: (colours(high), deep_png(colours(high))),
    "PPM": lambda high: (colours(high), netpbm(colours(high), 65534, b"P6")),
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_the_bits_that_are_used_reach_white(kind, bits):
    """In grey and in colours; the header alone says that there are more than eight."""
    values, content = FILES[kind](2**bits - 2)
    assert measure_picture(content, "a").deep
    assert abs(brightest_value(content, "a", (0,)) - values.max()) <= 1
    picture = decode_picture(content, "a")
    expected = as_bytes(values, 2**bits - 1).reshape(picture.shape)
    np.testing.assert_allclose(picture, expected, atol=1)


def test_bits_can_be_given():
    """What is above them is white, and full 16 bits keep the dark dark."""
    values = np.array([[0, 100, 1023, 4095]], np.uint16)
    content = encoded(values)
    assert decode_picture(content, "a", 10).ravel().tolist() == [0, 25, 255, 255]
    assert decode_picture(content, "a", 16).ravel().tolist() == [0, 0, 4, 16]


@pytest.mark.parametrize(
    ("brightest", "bits"), [(0, 8), (255, 8), (256, 9), (4095, 12), (65535, 16)]
)
def test_bits_are_those_of_the_largest_value(brightest, bits):
    """And never fewer than eight."""
    assert used_bits(brightest) == bits


@pytest.mark.parametrize("most", [1, 15, 100, 255])
def test_a_range_of_its_own_is_that_of_bytes(most):
    """A PGM says which value is white."""
    values = np.array([[0, most // 2, most]])
    picture = decode_picture(netpbm(values, most), "a", bits=12)
    assert picture.ravel().tolist() == as_bytes(values, most).ravel().tolist()


def test_a_range_of_its_own_is_that_of_16_bits():
    """Of 12 bits that say so, the largest is white whatever it is in the set."""
    content = netpbm(np.array([[0, 4095]]), 4095)
    assert brightest_value(content, "a", (0,)) == 65535
    assert decode_picture(content, "a", bits=16).ravel().tolist() == [0, 255]


def test_deep_colours_lie_on_white_and_upright():
    """What is transparent is white, and orientation is heeded."""
    values = np.full((2, 3, 4), 4095, np.uint16)
    values[..., 3] = 0
    assert (decode_picture(deep_png(values), "a") == 255).all()
    exif = Image.Exif()
    exif[0x0112] = TURNED
    content = encoded(ramp(4095), exif=exif)
    np.testing.assert_array_equal(
        decode_picture(content, "a")[..., 0], np.rot90(as_bytes(ramp(4095), 4095), -1)
    )
