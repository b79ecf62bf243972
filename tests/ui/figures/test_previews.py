"""Previews of series: channels of any size can be seen."""

import numpy as np
import pytest

from ui.base.theme import LIGHT
from ui.figures.previews import plot_series

STEPS, CHANNELS = 12, 2


def drawn(sizes: list[float]) -> tuple[list[np.ndarray], list[np.ndarray], str]:
    """The lines of one sample, the values they say, and the title of their axis."""
    values = np.random.default_rng(0).normal(size=(1, STEPS, CHANNELS)) * sizes
    figure = plot_series({"values": values.tolist(), "names": ["a", "b"], "labels": []}, LIGHT)
    lines = [np.array(line.y, float) for line in figure.data]
    said = [np.array(line.customdata, float) for line in figure.data]
    np.testing.assert_array_equal(np.stack(said, axis=-1), values[0])
    return lines, said, figure.layout.yaxis.title.text or ""


def test_channels_of_one_size_share_an_axis() -> None:
    """As they came."""
    lines, said, title = drawn([1.0, 2.0])
    np.testing.assert_array_equal(lines, said)
    assert title == ""


@pytest.mark.parametrize("sizes", [[1.0, 1e5], [1e-9, 1.0]])
def test_channels_of_different_size_have_a_range_each(sizes: list[float]) -> None:
    """From 0 to 1, and the axis says so; their own values stand beside the pointer."""
    lines, _, title = drawn(sizes)
    np.testing.assert_allclose([np.ptp(line) for line in lines], 1)
    assert title == "own range"


def test_a_constant_channel_has_no_range() -> None:
    """It does not part the others."""
    lines, said, title = drawn([0.0, 1e5])
    np.testing.assert_array_equal(lines, said)
    assert title == ""
