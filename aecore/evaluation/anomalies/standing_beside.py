"""`Beside`: how well every score and detector finds labelled anomalies, on the same rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.split import drawn_rows
from aecore.evaluation.anomalies.arbiter import Verdict, arbitrate
from aecore.evaluation.anomalies.by_class import ClassDetection, by_class
from aecore.evaluation.anomalies.detection import Detection, assess
from aecore.evaluation.anomalies.judging import ODD, Judged, judged, titles_of
from aecore.evaluation.anomalies.scored_rows import ScoredRows

# More rows take long to resample, and tell hardly more.
MOST_ROWS = 50_000


@dataclass(frozen=True)
class Beside:
    """Every score and detector beside ours.

    Attributes:
        detections: name -> how well it finds the odd rows.
        verdict: the arbiter's, whose names are those of `called`.
        called: name -> what it is called within a sentence.
        best: name of the one to use.
        rows: that all were compared on, those whose class is known.
        sampled: whether these are a sample of all that were scored.
    """

    detections: Mapping[str, Detection]
    verdict: Verdict
    called: Mapping[str, str]
    best: str
    rows: int
    sampled: bool


def beside(scored: ScoredRows, ours: str, odd_classes: Collection[int]) -> Beside:
    """All scores on the rows that every one of them has and whose class is known.

    Args:
        ours: name of the score that others stand beside, one of the run's own.

    Raises:
        DataError: rows of one kind are missing.
    """
    every = {name: judged(scored, name, odd_classes) for name in titles_of(scored)}
    position = _compared(scored)
    first = every[ours]
    assert first.kind is not None
    known = first.known[position]
    odd = first.kind[position][known] == ODD
    called = {name: in_a_sentence(one) for name, one in every.items()}
    scores = {called[name]: _at(one, position)[known] for name, one in every.items()}
    detections = {name: assess(own, odd) for name, own in scores.items()}
    verdict = arbitrate(scores, detections, odd, called[ours])
    return Beside(
        detections={name: detections[called[name]] for name in every},
        verdict=verdict,
        called=called,
        best=next(name for name in every if called[name] == verdict.best),
        rows=len(odd),
        sampled=len(position) < len(scored.rows),
    )


def by_odd_class(
    scored: ScoredRows, by: Judged, odd_classes: Collection[int]
) -> tuple[ClassDetection, ...]:
    """Each odd class against the normal rows, the one that is found worst first.

    Of more rows than `MOST_ROWS`, a sample; `is_sampled` says so.
    """
    assert scored.label is not None
    normal = set(range(len(scored.class_names))) - set(odd_classes)
    rows = drawn_rows(len(by.scores), MOST_ROWS, 0)
    label = scored.label[by.position[rows]]
    return by_class(by.scores[rows], label, scored.class_names, normal)


def is_sampled(by: Judged) -> bool:
    """Whether figures of these rows are those of a sample of them."""
    return len(by.scores) > MOST_ROWS


def _compared(scored: ScoredRows) -> np.ndarray:
    """Places of the rows that every score and detector has."""
    if scored.comparison is not None:
        return scored.comparison.position
    return drawn_rows(len(scored.rows), MOST_ROWS, 0)


def _at(by: Judged, position: np.ndarray) -> np.ndarray:
    """The scores of rows by their places; a detector has those of its own rows alone."""
    is_own = len(by.position) == len(position)
    return by.scores if is_own and np.array_equal(by.position, position) else by.scores[position]


def in_a_sentence(by: Judged) -> str:
    """A score's title as it stands within a sentence; names of methods keep their capitals."""
    is_name = by.title[:2].isupper() or by.title.istitle() or not by.title[:1].isalpha()
    return by.title if is_name else by.title[:1].lower() + by.title[1:]
