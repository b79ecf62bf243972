"""Corruptions of pictures change the part that they say, in numpy as in Keras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from aecore.models.corruptions import CORRUPTIONS, corrupt_in_training, corrupted
from aecore.models.corruptions._pictures import starts
from aecore.models.corruptions.blur import BlurCorruption
from aecore.models.corruptions.cut_paste import CutPasteCorruption
from aecore.models.corruptions.scratches import ScratchCorruption
from aecore.models.corruptions.squares import SquareCorruption

Corrupt = Callable[..., np.ndarray]
WIDE, UNIT = (-2.0, 3.0), (0.0, 1.0)
ROWS, HEIGHT, WIDTH = 300, 10, 12


def coloured() -> np.ndarray:
    """(n, 10, 12, 3), no two values alike as good as surely."""
    drawn = np.random.default_rng(0).uniform(0.2, 0.8, (ROWS, HEIGHT, WIDTH, 3))
    return drawn.astype(np.float32)


def in_numpy(settings: Any, x: np.ndarray, value_range: Any = UNIT) -> np.ndarray:
    """As figures are measured."""
    return corrupted(settings, x, value_range, 0)


def in_keras(settings: Any, x: np.ndarray, value_range: Any = UNIT) -> np.ndarray:
    """As in training, compiled for batches of any length."""
    import tensorflow as tf

    generator = keras.random.SeedGenerator(0)
    shape = tf.TensorSpec((None, *x.shape[1:]), tf.float32)
    step = tf.function(
        lambda batch: corrupt_in_training(settings, batch, value_range, generator),
        input_signature=[shape],
    )
    return np.asarray(step(ops.array(x)))


BOTH = pytest.mark.parametrize("corrupt", [in_numpy, in_keras])


def changed(noisy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """(n, h, w), where any channel differs."""
    found: np.ndarray = (noisy != x).any(axis=-1)
    return found


def boxes(where: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Top, left, height and width, (n,), of the least rectangle around what is true."""
    rows, columns = where.any(axis=2), where.any(axis=1)
    top, left = rows.argmax(axis=1), columns.argmax(axis=1)
    height = where.shape[1] - rows[:, ::-1].argmax(axis=1) - top
    width = where.shape[2] - columns[:, ::-1].argmax(axis=1) - left
    return top, left, height, width


@BOTH
@pytest.mark.parametrize("value_range", [UNIT, WIDE])
def test_a_square_lies_anywhere_inside_and_has_one_shade(
    corrupt: Corrupt, value_range: tuple[float, float]
) -> None:
    """4 of 10 pixels each way, at every place there is, of shades from the whole range."""
    x = coloured()
    noisy = corrupt(SquareCorruption(side=0.4), x, value_range)
    where = changed(noisy, x)
    top, left, height, width = boxes(where)
    assert (height == 4).all() and (width == 4).all()
    assert (where.sum(axis=(1, 2)) == 16).all()
    assert set(top) == set(range(HEIGHT - 3)) and set(left) == set(range(WIDTH - 3))
    shades = [np.unique(noisy[i][where[i]]) for i in range(ROWS)]
    assert all(len(each) == 1 for each in shades)
    low, high = value_range
    spread = (np.ravel(shades) - low) / (high - low)
    assert spread.min() >= 0 and spread.max() <= 1
    # A uniform number has a variance of 1/12.
    assert abs(spread.mean() - 0.5) < 4 * (1 / 12 / ROWS) ** 0.5


@BOTH
def test_a_square_may_be_all_there_is(corrupt: Corrupt) -> None:
    """As wide as a picture that is a square: nothing is left of it."""
    x = coloured()[:, :, :HEIGHT]
    noisy = corrupt(SquareCorruption(side=1.0), x)
    assert changed(noisy, x).all()


@BOTH
def test_several_squares_hide_more(corrupt: Corrupt) -> None:
    """What is hidden of an open place grows as 1 − (1 − p)^n."""
    x = coloured()
    one, four = (changed(corrupt(SquareCorruption(side=0.3, count=n), x), x) for n in (1, 4))
    p, middle = one[:, 5, 6].mean(), four[:, 5, 6].mean()
    assert middle == pytest.approx(1 - (1 - p) ** 4, abs=0.15)
    assert four.sum() > 2.5 * one.sum()


@BOTH
def test_a_scratch_is_a_straight_line_from_end_to_end(corrupt: Corrupt) -> None:
    """Its pixels lie on a line, dark or bright, and both come about as often."""
    x = coloured()
    noisy = corrupt(ScratchCorruption(count=1, width=1.5), x)
    where = changed(noisy, x)
    for picture in where:
        places = np.argwhere(picture).astype(float)
        off = np.linalg.svd(places - places.mean(axis=0), full_matrices=False)[1][-1]
        # Uniform over a width has that over the root of 12 as deviation; twice that is plenty.
        assert off / len(places) ** 0.5 < 1.5 / 12**0.5 * 2
        assert len(places) >= 3
    shade = np.array([noisy[i][where[i]].mean() for i in range(ROWS)])
    assert set(shade) == {0.0, 1.0}
    assert abs(shade.mean() - 0.5) < 4 * (0.25 / ROWS) ** 0.5


@BOTH
def test_what_is_pasted_comes_from_the_same_picture(corrupt: Corrupt) -> None:
    """A block of 4 × 4 that was elsewhere in it; a few are pasted where they were."""
    x = coloured()
    noisy = corrupt(CutPasteCorruption(side=0.4), x)
    where = changed(noisy, x)
    moved = where.any(axis=(1, 2))
    assert moved.mean() > 0.9
    top, left, height, width = boxes(where)
    assert set(height[moved]) | set(width[moved]) == {4}
    for i in np.flatnonzero(moved):
        block = noisy[i, top[i] : top[i] + 4, left[i] : left[i] + 4]
        blocks = np.lib.stride_tricks.sliding_window_view(x[i], (4, 4), axis=(0, 1))
        same = np.abs(np.moveaxis(blocks, 2, -1) - block).max(axis=(2, 3, 4)) < 1e-6
        assert same.sum() == 1 and not same[top[i], left[i]]


@BOTH
def test_a_blur_is_a_gaussian(corrupt: Corrupt) -> None:
    """A point becomes a bell of at most the widest deviation; plain pictures stay as they are."""
    point = np.zeros((ROWS, 41, 41, 1), np.float32)
    point[:, 20, 20] = 1.0
    blurred = corrupt(BlurCorruption(widest=4.0), point)[..., 0]
    assert np.allclose(blurred.sum(axis=(1, 2)), 1.0, atol=1e-3)
    away = np.arange(41) - 20.0
    deviation = (blurred.sum(axis=2) @ away**2) ** 0.5
    assert deviation.max() <= 4.0 and deviation.min() < 0.5
    assert abs(deviation.mean() - 2.0) < 4 * 4.0 * (1 / 12 / ROWS) ** 0.5
    widest = blurred[deviation.argmax()]
    expected = np.exp(-(away**2) / 2 / deviation.max() ** 2)
    assert np.allclose(widest[20] / widest[20, 20], expected, atol=0.02)
    plain = np.full((5, 9, 7, 3), 0.3, np.float32)
    assert np.allclose(corrupt(BlurCorruption(widest=4.0), plain), plain, atol=1e-6)


def test_a_place_is_inside_whatever_is_drawn() -> None:
    """Also of the greatest number below 1, which single precision rounds up."""
    drawn = np.array([0.0, np.nextafter(np.float32(1), np.float32(0)), 1.0], np.float32)
    assert starts(drawn, 4, 28, np).tolist() == [0, 24, 24]
    assert starts(drawn, 28, 28, np).tolist() == [0, 0, 0]


def test_what_needs_places_is_for_pictures_alone() -> None:
    """Those that draw a few numbers of their own for each picture; all others suit any data."""
    pictures = {name for name, spec in CORRUPTIONS.items() if spec.kinds == ("image",)}
    assert pictures == {name for name, spec in CORRUPTIONS.items() if spec.draws is not None}
    assert pictures == {"squares", "scratches", "cut-paste", "blur"}
