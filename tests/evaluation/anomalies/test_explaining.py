"""Is a row explained by what its score, or the detector that it is judged by, makes of it?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from aecore.evaluation.anomalies.detectors import DETECTORS
from aecore.evaluation.anomalies.explaining import explained, oddities, words_of
from aecore.evaluation.anomalies.scored_rows import Expected, ScoredRows
from tests.evaluation.anomalies.scored_table import SHOWN, scored, scorer


def test_the_planted_column_says_most() -> None:
    """In the data's own names, first of all, with nearly all of the score."""
    rows = scored()
    found = oddities(rows, explained(rows, scorer(), "robust-error"), 0)

    assert found[0].name == "b" and found[0].share > 0.9
    assert found[0].words.startswith("b ")


def test_a_score_without_parts_is_explained_by_another() -> None:
    """The distance in the code comes from no single feature; of a detector nothing is kept here."""
    rows = scored()

    for name in ("code-distance", "knn", "robust-error"):
        by = explained(rows, scorer(), name)
        assert (by.score, by.expects) == ("robust-error", "the reconstruction")


def test_words_are_by_place_among_all_rows() -> None:
    """Of each shown row, three features at most; of pictures none."""
    rows = scored()
    by = explained(rows, scorer(), "robust-error")
    words = words_of(rows, by)

    assert set(words) <= set(rows.shown.position.tolist())
    assert words[int(rows.shown.position[0])][0].startswith("b ")
    assert max(map(len, words.values())) <= 3
    assert words_of(scored(kind="image"), by) == {}


def test_parts_are_those_of_the_rows_asked_for() -> None:
    """(rows, features), and of the planted row the second is the largest."""
    rows = scored()
    parts = explained(rows, scorer(), "robust-error").parts(rows.shown.of(np.array([3, 0])))

    assert parts.shape == (2, 3)
    assert parts[1].argmax() == 1
    assert parts[0].sum() == pytest.approx(0.0, abs=1e-6)


def with_detector() -> ScoredRows:
    """The nearest neighbours expect 4 less in the third column of two of the shown rows."""
    rows = scored()
    order = np.argsort(rows.shown.position)
    rows = dataclasses.replace(rows, shown=rows.shown.of(order))
    x_hat = rows.shown.x[[2, 5]].copy()
    x_hat[:, 2] -= 4.0
    position = rows.shown.position[[2, 5]]
    expected = {"knn": Expected(position, x_hat, np.zeros(3), np.full(3, 0.5))}
    assert rows.comparison is not None
    comparison = dataclasses.replace(rows.comparison, expected=expected)
    return dataclasses.replace(rows, comparison=comparison)


def test_a_detector_s_rows_are_explained_by_what_it_expects() -> None:
    """The third column, in the data's units, beside what is usual; of its own oddest rows alone."""
    rows = with_detector()
    by = explained(rows, scorer(), "knn")
    found = oddities(rows, by, 0)

    assert (by.score, by.expects) == ("", DETECTORS["knn"].expects)
    assert found[0].name == "c" and found[0].share > 0.99
    assert found[0].value - found[0].expected == pytest.approx(4.0, abs=1e-5)
    assert found[0].usual == pytest.approx(0.5)
    assert len(words_of(rows, by)) == 2 < SHOWN
    # The run's own scores are explained as before.
    assert explained(rows, scorer(), "robust-error").score == "robust-error"


def test_what_a_detector_expects_is_kept(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Read again, it explains the same."""
    rows = with_detector()
    rows.save(tmp_path / "rows.npz")
    again = ScoredRows.load(tmp_path / "rows.npz")

    assert words_of(again, explained(again, scorer(), "knn")) == words_of(
        rows, explained(rows, scorer(), "knn")
    )
