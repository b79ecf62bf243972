"""Explaining: where a scored row is odd, by the parts of the score that it was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from aecore.evaluation.anomalies.detectors import DETECTORS
from aecore.evaluation.anomalies.scored_rows import (
    UNTRAINED,
    Expected,
    ScoredRows,
    ShownRows,
)
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.anomalies.scores import SCORES, Fitted, counted, floored
from aecore.evaluation.anomalies.where import Meaning, Oddity, where_odd

RECONSTRUCTION = "the reconstruction"
OF_UNTRAINED = "the reconstruction of the untrained network"


@dataclass(frozen=True)
class Explained:
    """What tells where rows are odd.

    Attributes:
        score: the score of the run that parts are of; empty for those of a detector.
        expects: what is expected in a row's place, within a sentence.
        shown: the rows that can be explained, whose `x_hat` is what is expected of them.
        usual: middle and spread of what training rows differ by from what is expected.
        parts: rows -> (rows, features), what each value adds to the oddity of its row.
    """

    score: str
    expects: str
    shown: ShownRows
    usual: Fitted
    parts: Callable[[ShownRows], np.ndarray]


def explained(scored: ScoredRows, scorer: Scorer, name: str) -> Explained:
    """By what the rows are explained where they are judged by this score or detector.

    A score that comes from no single feature, and a detector of which nothing is kept, give way
    to the first score of the run that does.
    """
    if scored.comparison is not None and name in scored.comparison.expected:
        return _of_detector(scored, name, scored.comparison.expected[name])
    own = _score_with_parts(scorer, name)
    parts = SCORES[own].parts
    assert parts is not None

    def of_score(rows: ShownRows) -> np.ndarray:
        return parts(rows.evidence, scorer.fitted[own])

    return Explained(own, RECONSTRUCTION, scored.shown, scorer.usual, of_score)


def oddities(scored: ScoredRows, by: Explained, place: int, count: int = 10) -> tuple[Oddity, ...]:
    """The features that say most of the row at a place among those that are explained."""
    row = by.shown.of(np.array([place]))
    meaning = Meaning(scored.kind, scored.feature_names, row.units)
    return where_odd(row.evidence, 0, by.parts(row)[0], by.usual, meaning, count)


def words_of(scored: ScoredRows, by: Explained, count: int = 3) -> dict[int, tuple[str, ...]]:
    """What is odd about each row that is explained in words, by its place among all rows.

    Of pictures there are no words: a place among pixels says nothing.
    """
    if scored.kind == "image":
        return {}
    return {
        position: tuple(each.words for each in oddities(scored, by, place, count))
        for place, position in enumerate(by.shown.position.tolist())
    }


def _score_with_parts(scorer: Scorer, name: str) -> str:
    """The score itself where it comes from single features, else the first that does."""
    with_parts = [own for own in scorer.fitted if SCORES[own].parts is not None]
    return name if name in with_parts else with_parts[0]


def _of_detector(scored: ScoredRows, name: str, expected: Expected) -> Explained:
    """Values beside those that the detector expects, in spreads of the training rows."""
    places = np.flatnonzero(np.isin(scored.shown.position, expected.position))
    shown = replace(scored.shown.of(places), x_hat=expected.x_hat)
    spread = floored(expected.usual)
    expects = OF_UNTRAINED if name == UNTRAINED else DETECTORS[name].expects
    return Explained(
        "",
        expects,
        shown,
        expected.usual,
        lambda rows: counted(rows.evidence.residual, spread),
    )
