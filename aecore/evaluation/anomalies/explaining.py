"""Explaining: where a scored row is odd, by the parts of the score that it was given."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scored_rows import ScoredRows
from aecore.evaluation.anomalies.scorer import Scorer
from aecore.evaluation.anomalies.scores import SCORES
from aecore.evaluation.anomalies.where import Meaning, Oddity, where_odd


def score_with_parts(scorer: Scorer, name: str) -> str:
    """The score itself where it comes from single features, else the first that does."""
    with_parts = [own for own in scorer.fitted if SCORES[own].parts is not None]
    return name if name in with_parts else with_parts[0]


def parts_of(scored: ScoredRows, scorer: Scorer, name: str, places: np.ndarray) -> np.ndarray:
    """(p, features) what each value adds to the score of some of the shown rows.

    Args:
        name: a score that has parts.
        places: (p,) of the rows among those that are shown.
    """
    parts = SCORES[name].parts
    assert parts is not None
    return parts(scored.shown.of(places).evidence, scorer.fitted[name])


def oddities(
    scored: ScoredRows, scorer: Scorer, name: str, place: int, count: int = 10
) -> tuple[Oddity, ...]:
    """The features of a shown row that say most, of a score that has parts."""
    one = np.array([place])
    shown = scored.shown.of(one)
    meaning = Meaning(scored.kind, scored.feature_names, shown.units)
    parts = parts_of(scored, scorer, name, one)[0]
    return where_odd(shown.evidence, 0, parts, scorer.usual, meaning, count)


def words_of(
    scored: ScoredRows, scorer: Scorer, name: str, count: int = 3
) -> dict[int, tuple[str, ...]]:
    """What is odd about each shown row in words, by its place among all rows.

    Of pictures there are no words: a place among pixels says nothing.
    """
    if scored.kind == "image":
        return {}
    return {
        position: tuple(each.words for each in oddities(scored, scorer, name, place, count))
        for place, position in enumerate(scored.shown.position.tolist())
    }
