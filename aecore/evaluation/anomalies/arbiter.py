"""The arbiter: which of several scores finds labelled anomalies best, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from aecore.errors import DataError
from aecore.evaluation.anomalies.detection import (
    LEVEL,
    Detection,
    Estimate,
    Ranked,
    resamples,
)

# Of fewer anomalies, resampling finds intervals that are too narrow.
LEAST_ANOMALIES = 5
WHY_INVERTED = (
    "The anomalies are rebuilt better than the normal rows: they are simpler, such as pictures of "
    "the digit 1 among other digits, or the code is so large that it can write anything."
)
WHY_INVERTED_DETECTOR = (
    "The anomalies lie where most rows lie, closer together than the normal ones."
)


@dataclass(frozen=True)
class Standing:
    """How one score stands beside ours.

    Attributes:
        name: of the score or detector, as it is shown.
        auroc: with its interval.
        ahead: its AUROC less ours, with the interval of the difference on the same rows.
        is_inverted: whether anomalies score lower than normal rows, beyond the interval.
    """

    name: str
    auroc: Estimate
    ahead: Estimate
    is_inverted: bool

    @property
    def is_ahead(self) -> bool:
        """Whether it finds these anomalies better than ours, beyond the interval."""
        return self.ahead.low > 0

    @property
    def is_behind(self) -> bool:
        """Whether it finds these anomalies worse than ours, beyond the interval."""
        return self.ahead.high < 0


@dataclass(frozen=True)
class Verdict:
    """Which score finds these anomalies best.

    Attributes:
        ours: our own score.
        others: the rest, the best first.
        best: name of the one to use: the best other where it is ahead beyond its interval, or else
            ours.
        sentences: the verdict in words, and a word on inverted scores.
    """

    ours: Standing
    others: tuple[Standing, ...]
    best: str
    sentences: tuple[str, ...]


def arbitrate(
    scores: Mapping[str, np.ndarray],
    detections: Mapping[str, Detection],
    odd: np.ndarray,
    ours: str,
    seed: int = 0,
) -> Verdict:
    """The verdict on the same rows for all: differences are of pairs, resampled together.

    Args:
        scores: name as it is shown within a sentence -> (n,), higher is odder.
        detections: what `detection.assess` found of each.
        odd: (n,) whether a row is an anomaly.
        ours: name of our own score among them.

    Raises:
        DataError: rows of one kind are missing, so that nothing can be compared.
    """
    odd = odd.astype(bool)
    if odd.all() or not odd.any():
        raise DataError(
            "Scores can be compared only where both kinds of rows are known: odd and normal.",
            "Give labels of both, or look at the simulated anomalies.",
        )
    drawn = paired_aurocs(list(scores.values()), odd, seed)
    places = {name: place for place, name in enumerate(scores)}
    standings = {
        name: Standing(
            name,
            detections[name].auroc,
            _difference(
                detections[name].auroc.value - detections[ours].auroc.value,
                drawn[:, places[name]] - drawn[:, places[ours]],
            ),
            detections[name].is_inverted,
        )
        for name in scores
    }
    own = standings.pop(ours)
    others = tuple(sorted(standings.values(), key=lambda other: -other.auroc.value))
    few = int(odd.sum()) if odd.sum() < LEAST_ANOMALIES else None
    best = others[0].name if others and others[0].is_ahead and few is None else ours
    return Verdict(own, others, best, _sentences(own, others, few))


def paired_aurocs(scores: list[np.ndarray], odd: np.ndarray, seed: int = 0) -> np.ndarray:
    """(resamples, scores) AUROC of each score on the same rows, drawn with replacement.

    Anomalies and normal rows are drawn apart. Each score is sorted once: a resample is how often
    each row was drawn.

    Args:
        scores: (n,) each.
        odd: (n,) whether a row is an anomaly; both kinds occur.
    """
    odd = odd.astype(bool)
    ranked = [Ranked.of(score, odd) for score in scores]
    return np.array([[each.auroc(*drawn) for each in ranked] for drawn in resamples(odd, seed)])


def _difference(value: float, drawn: np.ndarray) -> Estimate:
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, float(low), float(high))


def _sentences(ours: Standing, others: tuple[Standing, ...], few: int | None) -> tuple[str, ...]:
    if few is not None:
        known = "1 anomaly is" if few == 1 else f"{few} anomalies are"
        return (f"Only {known} known: too few to tell which score finds them best.",)
    words = [_compared(ours, others[0])] if others else []
    if ours.is_inverted:
        words.append(
            f"{_first(ours.name)} is inverted: its AUROC is {shown(ours.auroc.value)}, below .5. "
            f"{WHY_INVERTED}"
        )
    inverted = [other.name for other in others if other.is_inverted]
    if inverted:
        verb = "is" if len(inverted) == 1 else "are"
        words.append(f"{_first(_listed(inverted))} {verb} inverted. {WHY_INVERTED_DETECTOR}")
    return tuple(words)


def _compared(ours: Standing, best: Standing) -> str:
    theirs, own = shown(best.auroc.value), shown(ours.auroc.value)
    if best.is_ahead:
        return f"{_first(best.name)} finds these better: {theirs} against {own}. Use it here."
    if best.is_behind:
        return f"{_first(ours.name)} finds these best: {own}, and {best.name}, the next, {theirs}."
    between = f"{_signed(best.ahead.low)} to {_signed(best.ahead.high)}"
    return (
        f"{_first(best.name)} and {ours.name} find these equally well as far as these rows tell: "
        f"{theirs} against {own}, a difference between {between}. Keep {ours.name}."
    )


def shown(auroc: float) -> str:
    """An AUROC as it is written: .93, or 1.00."""
    return "–" if math.isnan(auroc) else f"{auroc:.2f}".removeprefix("0")


def _signed(difference: float) -> str:
    sign = "−" if round(difference, 2) < 0 else "+" if round(difference, 2) > 0 else ""
    return sign + shown(abs(difference))


def _first(name: str) -> str:
    """A name as it begins a sentence."""
    return name[:1].upper() + name[1:]


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
