"""Advice: which encoding dimension to take, with its reasons, from curves and estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from aecore.evaluation.dimensions.curves import Curves
from aecore.evaluation.dimensions.intrinsic import IntrinsicDimension
from aecore.wording import counted

# Shares of the mean's error: what each number of the range's lower end explains at least, and what
# none beyond its upper end does.
MUCH, LITTLE = 0.025, 0.005
# PCA does as well where its error is at most this multiple of the network's.
AS_WELL = 1.05
# Of few dimensions the estimate is good to less than one. Of what is bent, a flat of as many leaves
# at least this share of the mean's error.
FEW, BENT = 4, 0.1


@dataclass(frozen=True)
class Advice:
    """A range of encoding dimensions, one of them, and why.

    Attributes:
        low: up to here each number explains much.
        high: beyond it, none explains as much as a little.
        choice: the one to take, the upper end of the range.
        sentences: the reasons, the range first.
        pca_does_as_well: whether a network brings nothing there.
        is_open: whether the error still falls at the end of the curve.
    """

    low: int
    high: int
    choice: int
    sentences: tuple[str, ...]
    pca_does_as_well: bool
    is_open: bool = False


@dataclass(frozen=True)
class Evidence:
    """What advice is made of.

    Attributes:
        curves: measured on one set of held-out rows.
        separate: errors of separate trainings, one a seed, by their encoding dimension.
        intrinsic: estimates; None where there are none.
    """

    curves: Curves
    separate: Mapping[int, Sequence[float]] = field(default_factory=dict)
    intrinsic: IntrinsicDimension | None = None

    @property
    def networks(self) -> dict[int, float]:
        """The least mean error that networks of each dimension reached."""
        ordered = self.curves.ordered
        found = dict(zip(ordered.dimensions, ordered.error, strict=True)) if ordered else {}
        for k, errors in self.separate.items():
            if len(errors):
                found[k] = min(found.get(k, np.inf), float(np.mean(errors)))
        return found

    @property
    def pca(self) -> dict[int, float]:
        """PCA's error of each dimension."""
        return dict(zip(self.curves.pca.dimensions, self.curves.pca.error, strict=True))

    @property
    def spread(self) -> float:
        """By how much seeds differ: the mean standard deviation of their errors; 0 of one seed."""
        found = [np.std(each, ddof=1) for each in self.separate.values() if len(each) > 1]
        return float(np.mean(found)) if found else 0.0


def advise(evidence: Evidence) -> Advice:
    """The range in which a further number still explains something, and the reasons.

    What is judged is the least error that is known of each dimension, of networks or PCA, and a
    code can do what a shorter one does. What a number explains is its share of the mean's error.
    """
    dimensions, errors = _least_errors(evidence)
    by_mean = evidence.curves.mean[0]
    least = max(LITTLE * by_mean, evidence.spread)
    low, high = _last_that_buys(dimensions, errors, MUCH * by_mean), 0
    high = max(low, _last_that_buys(dimensions, errors, least))
    as_well = _pca_does_as_well(evidence, high)
    is_open = high == dimensions[-1] < evidence.curves.features
    reasons = [
        _range(low, high, is_open=is_open, by_seeds=least > LITTLE * by_mean),
        _told_intrinsic(evidence.intrinsic),
        _one_more(evidence, high),
        _told_pca(evidence, high, as_well),
        _copying(evidence.curves, high),
        f"Use {high}.",
    ]
    return Advice(low, high, high, tuple(filter(None, reasons)), as_well, is_open)


def _least_errors(evidence: Evidence) -> tuple[list[int], np.ndarray]:
    networks, pca = evidence.networks, evidence.pca
    dimensions = sorted({*networks, *pca})
    found = [min(networks.get(k, np.inf), pca.get(k, np.inf)) for k in dimensions]
    return dimensions, np.minimum.accumulate(found)


def _last_that_buys(dimensions: Sequence[int], errors: np.ndarray, least: float) -> int:
    """The least dimension beyond which none further buys so much for each number more."""
    for place, dimension in enumerate(dimensions[:-1]):
        more = np.array(dimensions[place + 1 :]) - dimension
        if ((errors[place] - errors[place + 1 :]) / more).max() < least:
            return dimension
    return dimensions[-1]


def _range(low: int, high: int, *, is_open: bool, by_seeds: bool) -> str:
    if is_open:
        return (
            f"{high} or more: the error still falls at the longest code that was tried. Train one "
            "with a larger encoding dimension to see where it ends."
        )
    beyond = "less than two seeds differ" if by_seeds else f"less than {LITTLE:.1%}"
    if low == high:
        return (
            f"{high}: up to there each number explains {MUCH:.1%} of the data’s variance or more, "
            f"and each further one {beyond}."
        )
    return (
        f"Between {low} and {high}: up to {low} each number explains {MUCH:.1%} of the data’s "
        f"variance or more, and beyond {high} each further one {beyond}."
    )


def _told_intrinsic(found: IntrinsicDimension | None) -> str:
    if found is None:
        return ""
    digits = 1 if found.value < FEW else 0
    value, low, high = (f"{each:.{digits}f}" for each in (found.value, found.low, found.high))
    said = (
        f"The data looks about {value}-dimensional ({low} to {high}), which is an estimate from "
        f"{counted(found.rows, 'row')}: noise raises it, and few rows lower it."
    )
    first, last = found.by_neighbours[0], found.by_neighbours[-1]
    if first[1].low > 1.5 * last[1].high:
        said += (
            f" With {first[0]} neighbours it is {first[1].value:.1f} and with {last[0]} it is "
            f"{last[1].value:.1f}: much of it is noise."
        )
    return said


def _one_more(evidence: Evidence, high: int) -> str:
    """Why a shape of few dimensions can take a number more than it has."""
    found = evidence.intrinsic
    if found is None:
        return ""
    own = max(1, round(found.coarse))
    left = evidence.pca.get(own, 0.0) / evidence.curves.mean[0]
    if own > FEW or high != own + 1 or left < BENT:
        return ""
    dimensions = f"{own} {'dimension' if own == 1 else 'dimensions'}"
    return (
        f"Seen from further away it has {dimensions}, and one number more is needed all the same: "
        "what is closed, as a circle, must be torn to fit into as many numbers as it has "
        "dimensions, and what is rolled up must be unrolled, which a network finds hard to learn."
    )


def _pca_does_as_well(evidence: Evidence, dimension: int) -> bool:
    networks, pca = evidence.networks, evidence.pca
    if dimension not in networks or dimension not in pca or dimension >= evidence.curves.features:
        return False
    # An error of nothing but rounding is as good as none.
    rest = 1e-6 * evidence.curves.mean[0]
    return pca[dimension] <= AS_WELL * networks[dimension] + rest


def _told_pca(evidence: Evidence, dimension: int, as_well: bool) -> str:
    networks, pca = evidence.networks, evidence.pca
    if not networks:
        return (
            "This is PCA’s curve: no code of several lengths was trained, and a network may need "
            "fewer numbers."
        )
    if as_well and pca[dimension] * AS_WELL < networks[dimension]:
        return f"PCA with {dimension} does better than the network: train longer, or take PCA."
    if as_well:
        return f"PCA with {dimension} does as well as the network."
    if dimension not in networks or not 0 < networks[dimension] < pca.get(dimension, 0):
        return ""
    less = 1 - networks[dimension] / pca[dimension]
    return f"With {dimension} the network’s error is {less:.0%} below that of PCA."


def _copying(curves: Curves, dimension: int) -> str:
    if dimension < curves.features:
        return ""
    return (
        f"A sample has {curves.features} values, so that a code of {dimension} could simply be a "
        "copy."
    )
