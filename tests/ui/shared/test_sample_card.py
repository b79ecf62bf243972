"""Does the card of a sample say what it is, in text that cannot become markup?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from aecore.evaluation.samples import Samples
from tests.made import HOSTILE, series, texts
from ui.shared.sample_card import cards


def samples(**other: Any) -> Samples:
    """Two rows of a table with four columns."""
    deviations = np.array([[0.0, -3.0, 1.0, 2.0], [0.5, 0.0, 0.0, 0.0]], dtype=np.float32)
    given = {
        "measured_on": "validation",
        "kind": "table",
        "index": np.array([1234, 7]),
        "original": np.zeros_like(deviations),
        "reconstruction": deviations,
        "code": deviations[:, :1],
        "error": np.square(deviations).mean(axis=1),
        "label": np.array([1, 0]),
        "class_names": ("benign", "malignant"),
        "feature_names": ("radius", "texture", "area", "<b>x</b>"),
        "display_range": (0.0, 1.0),
        "total": 2,
    }
    return Samples(**{**given, **other})


def test_a_row_of_a_table_names_the_three_features_that_deviate_most() -> None:
    """With their signed deviation, largest first, and the row's label and error."""
    made = cards(samples())

    assert made.titles == ["malignant", "benign"]
    assert made.lines[0].split("\n") == [
        "Error 3.50 (MSE, squared scaled units)",
        "Row 1,234 of the data set",
        "Deviates most in:",
        "texture −3.00",
        "<b>x</b> +2.00",
        "area +1.00",
    ]
    assert made.pictures is None


def test_zero_has_no_sign() -> None:
    """A deviation that rounds to nothing reads so, on whichever side it lies."""
    lines = cards(samples(reconstruction=np.full((2, 4), -1e-4))).lines[0]

    assert lines.count("+0.00") == 3 and "−" not in lines


def test_without_labels_the_title_is_the_row() -> None:
    """And the row is not said twice."""
    made = cards(samples(label=None))

    assert made.titles == ["Row 1,234", "Row 7"]
    assert "of the data set" not in made.lines[0]


def test_images_come_with_their_picture() -> None:
    """Original and reconstruction, and no list of pixels."""
    pixels = np.zeros((2, 3, 5, 1), dtype=np.float32)

    made = cards(samples(kind="image", original=pixels, reconstruction=pixels))

    assert made.pictures is not None
    assert (made.pictures.width, made.pictures.height) == (5, 3)
    assert "Deviates" not in made.lines[0]


def test_no_samples_are_no_cards() -> None:
    """An empty run is a normal case."""
    nothing = np.zeros((0, 3, 5, 1), dtype=np.float32)

    made = cards(
        samples(
            kind="image",
            original=nothing,
            reconstruction=nothing,
            error=np.empty(0),
            index=np.empty(0, int),
            label=None,
        )
    )

    assert (made.titles, made.pictures) == ([], None)


def test_series_come_with_their_lines() -> None:
    """Original and reconstruction of each channel, with its name."""
    made = cards(series(3, 20, 2))

    assert made.series is not None
    assert made.series.names == (HOSTILE, "name 1")
    assert made.pictures is None
    assert made.lines[0].count("\n") == 0


def test_texts_come_with_their_heaviest_terms() -> None:
    """In and out, heaviest first; an empty text says that it has none."""
    made = cards(texts(3, 8))
    assert made.lines[1].split("\n")[1:] == ["In: name 1, name 2", "Out: name 1, name 3"]
    assert made.lines[0].split("\n")[1].startswith(f"In: {HOSTILE}")
    assert made.series is None

    empty = cards(replace(texts(3, 8), original=np.zeros((3, 8), np.float32)))
    assert empty.lines[1].split("\n")[1] == "In: no term"


def test_no_series_are_no_cards() -> None:
    """An empty run is a normal case for them too."""
    made = cards(series(0, 20, 2))

    assert (made.titles, made.series) == ([], None)
