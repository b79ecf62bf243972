"""Terms: the heaviest of a text, and those that come back in its reconstruction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Term:
    """One term as a text has it.

    Attributes:
        name: the term itself.
        weight: above that of a text without the term, in scaled units.
        shared: of an original, whether its reconstruction has the term among its heaviest; of a
            reconstruction, whether the original has the term at all.
    """

    name: str
    weight: float
    shared: bool


@dataclass(frozen=True)
class TextPair:
    """The heaviest terms of a text and those of its reconstruction, heaviest first."""

    original: tuple[Term, ...]
    reconstruction: tuple[Term, ...]

    @property
    def kept(self) -> int:
        """How many of the original's terms are among the reconstruction's."""
        return sum(term.shared for term in self.original)


def absent_weights(x: np.ndarray) -> np.ndarray:
    """What each term weighs in a text without it, (terms,), read off texts x: (n, terms).

    The least weight: that is 0 before scaling, and some text lacks every term but the commonest.
    """
    return x.min(axis=0) if len(x) else np.zeros(x.shape[1:], x.dtype)


def compare_terms(
    original: np.ndarray,
    reconstruction: np.ndarray,
    absent: np.ndarray,
    names: Sequence[str],
    count: int,
) -> TextPair:
    """The heaviest terms of one text and of its reconstruction, at most `count` of each.

    Args:
        original, reconstruction: (terms,), in scaled units.
        absent: (terms,), as `absent_weights` gives it.
        names: (terms,), the terms.
    """
    weights, rebuilt = original - absent, reconstruction - absent
    before, after = heaviest(weights, count), heaviest(rebuilt, count)
    has_term = weights > 0
    return TextPair(
        tuple(Term(names[i], float(weights[i]), i in after) for i in before),
        tuple(Term(names[i], float(rebuilt[i]), bool(has_term[i])) for i in after),
    )


def heaviest(weights: np.ndarray, count: int) -> np.ndarray:
    """Places of the `count` largest weights above 0, (at most count,), largest first."""
    found = np.flatnonzero(weights > 0)
    return found[np.argsort(-weights[found], kind="stable")][:count]
