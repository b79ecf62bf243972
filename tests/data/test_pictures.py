"""Pictures: greyed and resized as asked, and else left alone."""

import numpy as np
import pytest

from aecore.data import pictures


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
@pytest.mark.parametrize("size", [None, 5, 12])
@pytest.mark.parametrize("colour", ["keep", "grey"])
@pytest.mark.parametrize("channels", [1, 3])
def test_shape_is_as_told(dtype, size, colour, channels):
    """What the check sheet says is what comes out, in the type that went in."""
    x = np.zeros((3, 8, 6, channels), dtype)
    found = pictures.changed(x, size=size, colour=colour)
    assert found.shape[1:] == pictures.shape_after(x.shape[1:], size=size, colour=colour)
    assert found.dtype == dtype


def test_grey_weighs_colours_as_the_eye_does():
    """Green is brighter than red, red than blue; white stays white."""
    red, green, blue, white = 255 * np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]])
    x = np.array([red, green, blue, white], np.uint8).reshape(4, 1, 1, 3)
    assert pictures.changed(x, size=None, colour="grey").ravel().tolist() == [76, 150, 29, 255]


def test_resizing_keeps_a_plain_picture_and_its_mean():
    """A picture of one shade stays one; halving averages."""
    x = np.full((1, 8, 8, 1), 7, np.uint8)
    assert (pictures.changed(x, size=4, colour="keep") == 7).all()
    board = np.indices((8, 8)).sum(axis=0) // 4 % 2 * 200.0
    halved = pictures.changed(board.astype(np.float32)[None, ..., None], size=4, colour="keep")
    assert halved.mean() == pytest.approx(board.mean(), rel=0.05)


def test_colour_pictures_of_one_size_are_the_same_object():
    """Nothing to do costs nothing."""
    x = np.zeros((2, 4, 4, 3), np.uint8)
    assert pictures.changed(x, size=4, colour="keep") is x
