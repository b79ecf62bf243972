"""Units: what is known of each number of a code, the interesting ones first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aecore.evaluation.samples import Samples
from aecore.latent.codes import checked
from aecore.latent.colours import CODE, Colouring, colouring, colours_of

# A unit is dead that varies less than this share of the standard deviation of the liveliest one,
# and says the same as another that it is correlated with so strongly.
DEAD_SHARE = 0.02
SAME = 0.95
# A tie below this is not worth a word.
WEAK = 0.2
BINS = 40


@dataclass(frozen=True)
class Tie:
    """How strongly a unit goes with something that is known of the samples.

    Attributes:
        name: of the label, column or number.
        strength: 0 to 1; of numbers the size of the correlation, of classes the correlation ratio:
            the root of the share of the unit's variance that lies between them.
        sign: 1 or -1 of numbers; 0 of classes.
        highest, lowest: of classes, those with the highest and the lowest mean; empty of numbers.
    """

    name: str
    strength: float
    sign: int = 0
    highest: str = ""
    lowest: str = ""


@dataclass(frozen=True)
class Unit:
    """One number of a code.

    Attributes:
        place: in the code, from 0.
        mean, deviation: over the samples.
        share: of the variance of all units.
        dead: whether it is the same for all samples, or as good as.
        same_as: the place of a livelier unit that it says the same as; None without one.
        ties: what it goes with, the strongest first; without weak ones.
    """

    place: int
    mean: float
    deviation: float
    share: float
    dead: bool
    same_as: int | None
    ties: tuple[Tie, ...]

    @property
    def interest(self) -> tuple[bool, bool, float, float]:
        """What units are ordered by: ties, then variance; dead ones and copies last."""
        strongest = self.ties[0].strength if self.ties else 0.0
        return self.dead, self.same_as is not None, -strongest, -self.share


def units_of(samples: Samples, least_deviation: float = 0.0) -> list[Unit]:
    """All units of the samples' codes, the interesting ones first.

    Args:
        least_deviation: a unit that varies less is dead whatever the others do.

    Raises:
        LatentError: there are no codes, or some are no finite numbers.
    """
    code = checked(samples.code)
    deviation = code.std(axis=0)
    dead = deviation <= max(least_deviation, DEAD_SHARE * float(deviation.max()))
    total = float(np.square(deviation).sum()) or 1.0
    same = _same_as(code, dead)
    known = [colouring(samples, key) for key in colours_of(samples) if not key.startswith(CODE)]
    units = [
        Unit(
            place,
            float(code[:, place].mean()),
            float(deviation[place]),
            float(np.square(deviation[place]) / total),
            bool(dead[place]),
            same.get(place),
            () if dead[place] else _ties(code[:, place], known),
        )
        for place in range(code.shape[1])
    ]
    return sorted(units, key=lambda unit: unit.interest)


def extremes(samples: Samples, place: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the samples with the highest values of a unit, and of those with the lowest."""
    order = np.argsort(samples.code[:, place], kind="stable")
    return order[::-1][:count], order[:count]


def histogram(samples: Samples, place: int) -> tuple[np.ndarray, np.ndarray]:
    """Counts (bins,) and edges (bins + 1,) of a unit's values."""
    values = checked(samples.code)[:, place]
    return np.histogram(values, bins=BINS)


def _same_as(code: np.ndarray, dead: np.ndarray) -> dict[int, int]:
    """Place of a unit -> that of a livelier one that says the same."""
    order = [place for place in np.argsort(-code.std(axis=0), kind="stable") if not dead[place]]
    found: dict[int, int] = {}
    if len(order) < 2:
        return found
    with np.errstate(invalid="ignore", divide="ignore"):
        related = np.abs(np.corrcoef(code[:, order].T))
    for later in range(1, len(order)):
        alike = [
            earlier
            for earlier in range(later)
            if int(order[earlier]) not in found and related[later, earlier] >= SAME
        ]
        if alike:
            found[int(order[later])] = int(order[alike[0]])
    return found


def _ties(values: np.ndarray, known: Sequence[Colouring]) -> tuple[Tie, ...]:
    found = [
        _of_classes(values, each) if each.names else _of_numbers(values, each) for each in known
    ]
    strong = [tie for tie in found if tie is not None and tie.strength >= WEAK]
    return tuple(sorted(strong, key=lambda tie: -tie.strength))


def _of_numbers(values: np.ndarray, known: Colouring) -> Tie | None:
    other = np.asarray(known.values, np.float64)
    there = np.isfinite(other)
    if there.sum() < 3 or np.ptp(other[there]) == 0 or np.ptp(values[there]) == 0:
        return None
    correlation = float(np.corrcoef(values[there], other[there])[0, 1])
    return Tie(known.title, min(1.0, abs(correlation)), -1 if correlation < 0 else 1)


def _of_classes(values: np.ndarray, known: Colouring) -> Tie | None:
    classes, places = np.unique(known.values, return_inverse=True)
    counts = np.bincount(places)
    if len(classes) < 2 or len(classes) == len(values):
        return None
    means = np.bincount(places, weights=values) / counts
    between = float((counts * np.square(means - values.mean())).sum())
    total = float(np.square(values - values.mean()).sum())
    names = [known.names[int(each)] for each in classes]
    ratio = math.sqrt(min(1.0, between / total)) if total > 0 else 0.0
    return Tie(
        known.title,
        ratio,
        highest=names[int(means.argmax())],
        lowest=names[int(means.argmin())],
    )
