"""Do the colours of a map stand for what they are called, in its own units?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import LatentError
from aecore.latent.colours import colouring, colours_of, in_classes
from tests.made import samples, series

# The columns of a table as the model sees it: a number, a category of three in two rows, a number.
SCALED = [[0.5, 1, 0, 0, 0.0], [-0.5, 0, 0, 1, 0.25], [0.0, 0, 0, 0, 1.0]]
NAMES = ("height", "colour = red", "colour = green", "colour = blue", "a = b")
TABLE = samples(
    "table",
    SCALED,
    SCALED,
    feature_names=NAMES,
    label=np.array([2, 0, 2]),
    class_names=("low", "mid", "high"),
    factors={"angle": np.array([0.1, np.nan, 0.3])},
    scale=np.float32([[4, 1, 1, 1, 10]]),
    offset=np.float32([[170, 0, 0, 0, 0]]),
)


def test_everything_known_can_be_a_colour() -> None:
    """Label, error, factors, columns (a category once), and each number of the code."""
    titles = list(colours_of(TABLE).values())

    assert titles == ["Label", "Error", "angle", "height", "colour", "a = b", "Code 1", "Code 2"]


def test_without_labels_and_columns_there_are_error_and_code() -> None:
    """The steps of a series are no columns."""
    assert list(colours_of(series(3, 5, 1)).values()) == ["Error", "Code 1", "Code 2"]


def test_labels_are_classes_that_have_samples() -> None:
    """In the order of the classes."""
    found = colouring(TABLE, "label")

    assert [found.names[i] for i in found.values] == ["high", "low", "high"]
    assert found.names == ("low", "high")


def test_columns_are_in_their_own_units() -> None:
    """Scaled values are turned back."""
    found = colouring(TABLE, "column:0")

    assert (found.title, found.names) == ("height", ("168", "170", "172"))
    assert [found.names[i] for i in found.values] == ["172", "168", "170"]
    assert colouring(TABLE, "column:2").values.tolist() == [0, 2.5, 10]


def test_a_category_is_put_together_from_its_columns() -> None:
    """By names; a row without any of them has none."""
    found = colouring(TABLE, "column:1")

    assert [found.names[i] for i in found.values] == ["red", "blue", "no category"]


def test_factors_and_numbers_of_the_code_keep_their_values() -> None:
    """A missing value stays missing."""
    np.testing.assert_array_equal(colouring(TABLE, "factor:0").values, [0.1, np.nan, 0.3])
    assert colouring(TABLE, "code:1").values.tolist() == [1, 3, 5]


def test_few_whole_numbers_are_classes_and_others_a_scale() -> None:
    """In numeric order, those without one last; eleven, or fractions, are numbers."""
    found = in_classes("cylinders", np.array([8.0, 4, np.nan, 8]))

    assert [found.names[i] for i in found.values] == ["8", "4", "no value", "8"]
    assert in_classes("many", np.arange(11.0)).names == ()
    assert in_classes("halves", np.array([0.5, 1])).names == ()
    assert in_classes("none", np.array([np.nan])).names == ()


def test_an_unknown_colour_is_refused() -> None:
    """Such as one of another run."""
    with pytest.raises(LatentError, match="cannot be coloured"):
        colouring(TABLE, "column:9")
