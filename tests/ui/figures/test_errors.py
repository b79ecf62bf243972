"""Do the charts of errors show every number, in order, with axes that say what they are?"""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from aecore.evaluation.reconstruction import Histogram
from aecore.evaluation.samples import Samples
from tests.made import samples
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.errors import MAX_FEATURES, in_own_units, plot_error_histogram, plot_features

SPREAD = Histogram(np.array([0.0, 0.1, 0.2, 0.3]), np.array([5, 3, 1]), mean=0.11, median=0.09)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_histogram_has_a_bar_a_bin_and_lines_at_the_yardsticks(palette: Palette) -> None:
    """Bars stand on their bins; the lines stand at the mean and at PCA's error, each named."""
    figure = plot_error_histogram(SPREAD, 0.07, palette)

    (bars,) = figure.data
    np.testing.assert_allclose(bars.x, [0.05, 0.15, 0.25])
    assert list(bars.y) == [5, 3, 1]
    assert [line.x0 for line in figure.layout.shapes] == [0.11, 0.07]
    assert [note.text for note in figure.layout.annotations] == ["mean 0.110", "PCA’s mean 0.0700"]
    assert "squared scaled units" in figure.layout.xaxis.title.text


def test_without_a_yardstick_only_the_mean_is_drawn() -> None:
    """A run that has no PCA figure shows no line for it."""
    figure = plot_error_histogram(SPREAD, None, LIGHT)

    assert [line.x0 for line in figure.layout.shapes] == [0.11]


def test_an_empty_histogram_keeps_its_axes() -> None:
    """An empty result is a normal case with a look of its own."""
    empty = Histogram(np.empty(0), np.empty(0), np.nan, np.nan)

    figure = plot_error_histogram(empty, 0.07, LIGHT)

    assert len(figure.data) == len(figure.layout.shapes) == 0
    assert figure.layout.yaxis.title.text == "Samples"


def test_features_are_drawn_with_the_largest_deviation_on_top() -> None:
    """Plotly puts the last category on top; original and reconstruction share a row."""
    scaled = np.array([0.0, 1.0, 2.0]), np.array([0.1, 4.0, 2.5])
    figure = plot_features(*scaled, scaled, ("a", "b", "c"), LIGHT)

    joined, original, reconstruction = figure.data
    assert list(original.y) == list(reconstruction.y) == ["a", "c", "b"]
    assert list(original.x) == [0.0, 2.0, 1.0]
    assert list(reconstruction.x) == [0.1, 2.5, 4.0]
    np.testing.assert_equal(list(joined.x[-3:]), [1.0, 4.0, np.nan])


def test_the_names_of_features_are_escaped() -> None:
    """A column name from a file cannot become a link or bold text."""
    figure = plot_features(
        np.zeros(1), np.ones(1), 2 * (np.ones(1),), ("<a href='x'>b</a>",), LIGHT
    )

    assert figure.data[1].y[0] == "&lt;a href=&#x27;x&#x27;&gt;b&lt;/a&gt;"


def test_of_many_features_those_that_deviate_most_are_drawn() -> None:
    """A table of a thousand columns stays readable."""
    size = MAX_FEATURES + 20
    names = tuple(f"f{i}" for i in range(size))

    scaled = np.zeros(size), np.arange(float(size))
    figure = plot_features(*scaled, scaled, names, LIGHT)

    assert len(figure.data[1].y) == MAX_FEATURES
    assert figure.data[1].y[-1] == f"f{size - 1}"


def test_values_stand_beside_their_row_in_the_data_s_own_units() -> None:
    """As samples keep them for each column, or for each sample; the axis stays scaled."""
    units = {"scale": np.float32([[10, 2000]]), "offset": np.float32([[3, 0]])}
    by_column = samples("table", [[0.0, 1.0]], [[0.5, 0.75]], **units)
    by_sample = samples(
        "table", [[0, 0], [0.6, 0.8]], [[1, 0], [1, 0]], scale=np.float32([[7], [5]])
    )

    assert _written(by_column, 0) == ["b 2000 → 1500", "a 3 → 8"]
    assert _written(by_sample, 1) == ["a 3 → 5", "b 4 → 0"]


def test_own_units_have_the_digits_of_the_data() -> None:
    """Money shows to the cent, tiny and large numbers as they are; what is not known has four."""
    assert in_own_units(123456789.12, 6.5) == "123456789.12"
    assert in_own_units(-1e9 - 0.25, 1.0) == "-1000000000.25"
    assert in_own_units(1700000299, 86.0) == "1700000299"
    assert in_own_units(3.14159e-20, 1e-20) == "3.1416e-20"
    assert in_own_units(2.00069e20, 1e20) == "2.0007e+20"
    assert in_own_units(3.14159, 0.0) == "3.142"
    assert in_own_units(math.inf, 1.0) == "inf"
    money = samples(
        "table", [[0.0, 1.0]], [[0.5, 0.75]], scale=[[8, 2]], offset=[[123456789.12, 0]]
    )
    assert _written(money, 0) == ["b 2 → 1.5", "a 123456789.12 → 123456793.12"]


def _written(given: Samples, position: int) -> list[str]:
    scaled = given.original[position], given.reconstruction[position]
    raw = given.raw_sample(scaled[0], position), given.raw_sample(scaled[1], position)
    figure = plot_features(*scaled, raw, ("a", "b"), LIGHT)
    assert "scaled units" in figure.layout.xaxis.title.text
    *rows, heading, legend = figure.layout.annotations
    assert heading.text == "own units"
    # Its marks have the colours of what they name.
    assert re.findall(r'color:(#\w+)">(.)</span> (\w+)', legend.text) == [
        (LIGHT.original, "○", "original"),
        (LIGHT.reconstruction, "●", "reconstruction"),
    ]
    return [f"{figure.data[1].y[int(row.y)]} {row.text}" for row in rows]
