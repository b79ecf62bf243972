"""Do the charts of series show every channel, the worst steps, and axes that say what they are?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.anomalies.stretches import Stretch
from tests.made import HOSTILE
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.series import MAX_POINTS, plot_odd_series, plot_series, plot_step_errors


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize(("steps", "channels"), [(140, 1), (64, 3), (50, 7)])
def test_each_channel_has_a_plot_of_its_own(palette: Palette, steps: int, channels: int) -> None:
    """Original and reconstruction at every step, named once, on axes of their own."""
    x = np.random.default_rng(0).normal(size=(steps, channels))

    figure = plot_series(x, x / 2, [f"channel {i}" for i in range(channels)], palette)

    assert len(figure.data) == 2 * channels
    for channel in range(channels):
        original, rebuilt = figure.data[2 * channel : 2 * channel + 2]
        np.testing.assert_array_equal(original.x, np.arange(1, steps + 1))
        np.testing.assert_array_equal(original.y, x[:, channel])
        np.testing.assert_array_equal(rebuilt.y, x[:, channel] / 2)
        assert (original.name, rebuilt.name) == ("original", "reconstruction")
        assert rebuilt.fill == "tonexty"
        assert original.line.color == palette.original
        assert original.showlegend == (channel == 0)
    assert len({trace.yaxis for trace in figure.data}) == channels
    assert [note.text for note in figure.layout.annotations] == [
        f"channel {i}" for i in range(channels)
    ]


def test_an_odd_stretch_is_shaded_beside_what_was_expected() -> None:
    """Of the channel that it lies in, which alone is drawn; the other line is called as asked."""
    x = np.zeros((20, 3))
    stretch = Stretch(channel=1, start=4, end=9, share=0.7)

    figure = plot_odd_series((x, x + 1), "expected", ["a", "b", "c"], [stretch], LIGHT)

    assert [trace.name for trace in figure.data] == ["original", "expected"]
    assert [note.text for note in figure.layout.annotations] == ["b"]
    (shape,) = figure.layout.shapes
    assert (shape.x0, shape.x1) == (4.5, 9.5)


def test_of_many_steps_those_that_differ_most_are_drawn() -> None:
    """A spike of one step among 5,000 is not lost, and stands at its step."""
    x = np.zeros((5000, 1))
    spike = x.copy()
    spike[1234] = 9.0

    original, rebuilt = plot_series(x, spike, ["a"], LIGHT).data

    assert len(original.x) == len(rebuilt.x) == MAX_POINTS
    assert rebuilt.x[np.argmax(rebuilt.y)] == 1235


def test_a_single_step_is_a_point() -> None:
    """A line of one point would not be seen."""
    figure = plot_series(np.zeros((1, 2)), np.ones((1, 2)), ["a", "b"], LIGHT)

    assert {trace.mode for trace in figure.data} == {"markers"}


def test_the_names_of_channels_are_escaped() -> None:
    """A channel's name from a file cannot become a link or bold text."""
    figure = plot_series(np.zeros((3, 1)), np.ones((3, 1)), [HOSTILE], LIGHT)

    assert figure.layout.annotations[0].text.startswith("&lt;b&gt;&amp;")


@pytest.mark.parametrize(("steps", "mode"), [(5000, "lines"), (1, "markers")])
def test_the_error_of_every_step_is_drawn(steps: int, mode: str) -> None:
    """From step 1 on, on axes that say what they are."""
    errors = np.linspace(0, 1, steps)

    figure = plot_step_errors(errors, LIGHT)

    (line,) = figure.data
    np.testing.assert_array_equal(line.x, np.arange(1, steps + 1))
    np.testing.assert_array_equal(line.y, errors)
    assert line.mode == mode
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("Step", "MSE")
