"""Do all scores and detectors stand beside each other on the same rows?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from aecore.evaluation.anomalies.judging import judged, titles_of
from aecore.evaluation.anomalies.scored_rows import Comparison
from aecore.evaluation.anomalies.standing_beside import (
    beside,
    by_odd_class,
    in_a_sentence,
    is_sampled,
)
from tests.evaluation.anomalies.scored_table import scored


def test_the_best_is_named_as_a_score_of_these_rows() -> None:
    """On the 150 rows that all have; the verdict's name leads back to the detector."""
    found = beside(scored(), "robust-error", (0,))

    assert (found.best, found.rows) == ("knn", 150)
    assert set(found.detections) == set(titles_of(scored()))
    assert found.detections["knn"].auroc.value > found.detections["robust-error"].auroc.value
    assert found.verdict.sentences[0].startswith("Nearest neighbours finds these better")


def test_scores_of_a_sample_stand_beside_those_of_the_same_rows() -> None:
    """Detectors that saw every other row: each score is taken at those, and it is said."""
    rows = scored()
    every_other = np.arange(0, 200, 2)
    own = rows.scores["robust-error"]
    comparison = Comparison(every_other, {"knn": own[every_other]}, {})
    rows = dataclasses.replace(rows, comparison=comparison)

    found = beside(rows, "robust-error", (0,))

    assert found.rows == 100 and found.sampled
    same = found.detections["knn"].auroc.value
    assert found.detections["robust-error"].auroc.value == pytest.approx(same)
    assert not is_sampled(judged(rows, "robust-error", (0,)))


def test_names_within_a_sentence_keep_their_capitals() -> None:
    """Names of methods do, titles of scores do not."""
    rows = scored()
    called = {name: in_a_sentence(judged(rows, name)) for name in titles_of(rows)}

    assert called["robust-error"] == "robust error"
    assert called["untrained"] == "the same network, untrained"


def test_each_odd_class_stands_beside_the_normal_rows() -> None:
    """Two odd classes, the one found worst first."""
    rows = scored()

    found = by_odd_class(rows, judged(rows, "robust-error", (0, 2)), (0, 2))

    assert [each.name for each in found] == ["also fine", "fault"]
    assert found[1].detection.anomalies == 20
