"""Are the small lines of a card those of its sample, and few enough bytes for thousands?"""

from __future__ import annotations

import base64

import numpy as np
import pytest

from tests.made import samples, series
from ui.figures.sparklines import MAX_BYTES, Sparklines, sparklines


def lines(made: Sparklines) -> np.ndarray:
    """(n, channels, 2, steps) numbers from 0 to 255."""
    flat = np.frombuffer(base64.b64decode(made.values), np.uint8)
    return flat.reshape(-1, len(made.names), 2, made.steps).astype(float)


@pytest.mark.parametrize(
    ("steps", "channels", "shown"), [(1, 1, 1), (100, 1, 1), (60, 7, 3), (5000, 2, 2)]
)
def test_each_line_follows_its_values(steps: int, channels: int, shown: int) -> None:
    """Original before reconstruction, channel by channel, thinned evenly."""
    made = series(5, steps, channels)

    found = sparklines(made)

    assert found.names == made.feature_names[:shown]
    assert found.steps <= 100
    every = -(-steps // 100)
    for side, x in enumerate((made.original, made.reconstruction)):
        for channel in range(shown):
            values = x[:, ::every, channel].reshape(-1)
            drawn = lines(found)[:, channel, side].reshape(-1)
            order = np.argsort(values, kind="stable")
            assert (np.diff(drawn[order]) >= 0).all()


def test_channels_have_scales_of_their_own() -> None:
    """A small one is as tall as a large one."""
    wave = np.sin(np.linspace(0, 6, 50))
    x = np.stack([wave, 1000 * wave], axis=-1)[None]

    drawn = lines(sparklines(samples("series", x, x)))

    np.testing.assert_allclose(drawn[:, 0], drawn[:, 1], atol=1)
    assert np.ptp(drawn[:, 0]) > 180


def test_thousands_of_samples_fit_into_a_message() -> None:
    """With fewer points a line, but not fewer samples."""
    found = sparklines(series(5000, 200, 3))

    assert lines(found).shape[0] == 5000
    assert found.steps >= 20
    assert 3 / 4 * len(found.values) <= MAX_BYTES


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_a_flat_or_broken_series_is_drawn(value: float) -> None:
    """No division by zero, and what is no number is drawn at the bottom."""
    flat = np.zeros((2, 10, 1))

    drawn = lines(sparklines(samples("series", flat, flat + value)))

    assert drawn.shape == (2, 1, 2, 10)
