"""Agreement: what scores tell without labels, by their shape and beside other detectors'."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

# Of Tukey's box: so many of its heights above it, a value is far out.
FENCE = 3.0
# Distances between neighbouring scores that the gap at the cut is compared with.
NEIGHBOURS = 20
HIGH, LOW = 0.6, 0.3
WIDE = 3.0


@dataclass(frozen=True)
class Agreement:
    """Our scores beside a detector's on the same rows.

    Attributes:
        name: of the detector, as it is shown.
        rank_correlation: Spearman's, −1 to 1; NaN where all scores of one are equal.
        shared_alarms: of our alarms, the share that is among as many of its oddest rows; NaN
            without alarms.
    """

    name: str
    rank_correlation: float
    shared_alarms: float

    @property
    def sentence(self) -> str:
        """Whether both find the same rows odd."""
        if math.isnan(self.rank_correlation):
            return f"{self.name} cannot be compared: all scores of one side are equal."
        how = "little"
        if self.rank_correlation >= HIGH:
            how = "largely"
        elif self.rank_correlation >= LOW:
            how = "partly"
        told = f"{self.name} orders these rows {how} as ours (ρ = {self.rank_correlation:.2f})"
        if math.isnan(self.shared_alarms):
            return f"{told}."
        return f"{told}; {self.shared_alarms:.0%} of our alarms are among its oddest rows."


@dataclass(frozen=True)
class Gap:
    """The gap between the lowest alarm and the highest score below the threshold.

    Attributes:
        width: of the gap, in units of the score; NaN where either side is empty.
        times_usual: over the median distance between neighbouring scores around it.
    """

    width: float
    times_usual: float

    @property
    def sentence(self) -> str:
        """Whether the alarms stand apart."""
        if math.isnan(self.width):
            return "All rows lie on one side of the threshold."
        if math.isinf(self.times_usual):
            return "The alarms stand apart from the rest, whose scores around the cut are equal."
        told = f"the gap at the cut is {self.times_usual:.1f} times as wide as those around it"
        if self.times_usual >= WIDE:
            return f"The alarms stand apart: {told}."
        return f"The alarms do not stand apart: {told}, so that they depend on the threshold."


@dataclass(frozen=True)
class Shape:
    """How scores are spread.

    Attributes:
        quartiles: first, second and third.
        far_out: share of scores more than three box heights above the box (Tukey 1977); NaN
            where half of the scores are equal.
        largest: the largest score, in box heights above the median; NaN likewise.
    """

    quartiles: tuple[float, float, float]
    far_out: float
    largest: float

    @property
    def sentence(self) -> str:
        """Whether there is a tail."""
        if math.isnan(self.far_out):
            return "Half of the scores are equal, so that their shape says nothing."
        if not self.far_out:
            return "No score is far out: by their shape no row is odd."
        return (
            f"{self.far_out:.1%} of the scores are far out; the largest lies {self.largest:.0f} "
            "times the middle half's width above the median."
        )


def agreements(
    ours: np.ndarray, others: Mapping[str, np.ndarray], threshold: float
) -> tuple[Agreement, ...]:
    """Our scores (n,) beside those of each detector, in the order given."""
    from scipy.stats import rankdata

    ranks, alarms = rankdata(ours), ours >= threshold
    found = []
    for name, scores in others.items():
        rho = _correlation(ranks, rankdata(scores))
        found.append(Agreement(name, rho, _shared(alarms, scores)))
    return tuple(found)


def gap_at(scores: np.ndarray, threshold: float) -> Gap:
    """The gap at a threshold, beside those between the 20 nearest scores on each side."""
    ordered = np.sort(scores)
    cut = int(np.searchsorted(ordered, threshold, side="left"))
    if cut in (0, len(ordered)):
        return Gap(math.nan, math.nan)
    distances = np.diff(ordered)
    width = float(distances[cut - 1])
    around = np.concatenate(
        [distances[max(0, cut - 1 - NEIGHBOURS) : cut - 1], distances[cut : cut + NEIGHBOURS]]
    )
    usual = float(np.median(around)) if len(around) else math.nan
    return Gap(width, _ratio(width, usual))


def shape_of(scores: np.ndarray) -> Shape:
    """How scores (n,), one at least, are spread."""
    first, middle, third = (float(q) for q in np.quantile(scores, [0.25, 0.5, 0.75]))
    height = third - first
    if height <= 0:
        return Shape((first, middle, third), math.nan, math.nan)
    far_out = float((scores > third + FENCE * height).mean())
    return Shape((first, middle, third), far_out, (float(scores.max()) - middle) / height)


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return math.nan
    return float(np.corrcoef(a, b)[0, 1])


def _shared(alarms: np.ndarray, scores: np.ndarray) -> float:
    """Ties at the last place are broken by the order of the rows."""
    count = int(alarms.sum())
    if not count:
        return math.nan
    oddest = np.argsort(-scores, kind="stable")[:count]
    return float(alarms[oddest].mean())


def _ratio(width: float, usual: float) -> float:
    if usual > 0:
        return width / usual
    return math.inf if width > 0 else 1.0
