"""Are selected samples compared rightly with all, and written out as they are?"""

from __future__ import annotations

import dataclasses
import io
import math

import numpy as np
import pandas as pd
import pytest

from aecore.latent.selection import as_csv, mean_distance, summarise
from tests.made import samples

FOUR = samples(
    "table",
    np.zeros((4, 1)),
    np.zeros((4, 1)),
    index=np.array([10, 20, 30, 40]),
    code=np.float32([[0, 0], [3, 4], [6, 8], [0, 0]]),
    error=np.array([1.0, 2.0, 3.0, 6.0]),
    label=np.array([1, 0, 1, 0]),
    class_names=("no", 'yes, "so"'),
)


def test_figures_stand_beside_those_of_all() -> None:
    """Errors by hand; three points on a line are 5, 5 and 10 apart."""
    found = summarise(FOUR, np.array([0, 1, 2]))

    assert (found.rows, found.total) == (3, 4)
    assert (found.error, found.error_of_all) == (2.0, 3.0)
    assert found.distance == pytest.approx(20 / 3)
    assert found.distance_of_all == pytest.approx((5 + 5 + 10 + 0 + 5 + 10) / 6)


def test_the_mix_of_classes_has_the_mix_of_all_as_its_yardstick() -> None:
    """The most common first; shares of the selection sum to 1."""
    yes, no = summarise(FOUR, np.array([0, 1, 2])).mix

    assert (yes.name, yes.rows, yes.share, yes.share_of_all) == ('yes, "so"', 2, 2 / 3, 0.5)
    assert (no.name, no.rows, no.share) == ("no", 1, 1 / 3)


def test_one_sample_has_no_distance_and_no_labels_no_mix() -> None:
    """Both are normal."""
    bare = samples("table", [[1.0], [2.0]], [[1.0], [2.0]])

    found = summarise(bare, np.array([1]))

    assert math.isnan(found.distance) and found.mix == ()


def test_distances_of_many_are_drawn() -> None:
    """On a circle of radius 1 two points are 4/π apart on average."""
    angle = np.linspace(0, 2 * np.pi, 6000, endpoint=False)

    found = mean_distance(np.stack([np.cos(angle), np.sin(angle)], axis=1))

    assert found == pytest.approx(4 / np.pi, abs=0.01)


def test_the_file_holds_what_was_selected() -> None:
    """Row, label, error and code, in the order of the selection; quotes and commas survive."""
    frame = pd.read_csv(io.BytesIO(as_csv(FOUR, np.array([2, 1]))))

    assert list(frame) == ["row", "label", "error", "code_1", "code_2"]
    assert frame.to_numpy().tolist() == [[30, 'yes, "so"', 3.0, 6.0, 8.0], [20, "no", 2, 3, 4]]


def test_no_spreadsheet_runs_the_name_of_a_class() -> None:
    """A class that is called as a formula is plain text in the file."""
    named = dataclasses.replace(FOUR, class_names=("no", "=1+1"))

    frame = pd.read_csv(io.BytesIO(as_csv(named, np.array([0, 1]))))

    assert frame["label"].tolist() == ["'=1+1", "no"]
