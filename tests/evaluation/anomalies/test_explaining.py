"""Is a row explained by the features that its score comes from?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.anomalies.explaining import (
    oddities,
    parts_of,
    score_with_parts,
    words_of,
)
from tests.evaluation.anomalies.scored_table import scored, scorer


def test_the_planted_column_says_most() -> None:
    """In the data's own names, first of all, with nearly all of the score."""
    found = oddities(scored(), scorer(), "robust-error", 0)

    assert found[0].name == "b" and found[0].share > 0.9
    assert found[0].words.startswith("b ")


def test_a_score_without_parts_is_explained_by_another() -> None:
    """The distance in the code comes from no single feature."""
    assert score_with_parts(scorer(), "code-distance") == "robust-error"
    assert score_with_parts(scorer(), "knn") == "robust-error"
    assert score_with_parts(scorer(), "robust-error") == "robust-error"


def test_words_are_by_place_among_all_rows() -> None:
    """Of each shown row, three features at most; of pictures none."""
    rows = scored()
    words = words_of(rows, scorer(), "robust-error")

    assert set(words) <= set(rows.shown.position.tolist())
    assert words[int(rows.shown.position[0])][0].startswith("b ")
    assert max(map(len, words.values())) <= 3
    assert words_of(scored(kind="image"), scorer(), "robust-error") == {}


def test_parts_are_those_of_the_rows_asked_for() -> None:
    """(rows, features), and of the planted row the second is the largest."""
    parts = parts_of(scored(), scorer(), "robust-error", np.array([3, 0]))

    assert parts.shape == (2, 3)
    assert parts[1].argmax() == 1
    assert parts[0].sum() == pytest.approx(0.0, abs=1e-6)
