"""Foreign words: terms in a text that it did not have."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.planted._ground import Ground
from aecore.evaluation.anomalies.planted._spec import DefectSpec, one_by_one


def change(
    x: np.ndarray, strength: float, ground: Ground, random: np.random.Generator
) -> np.ndarray:
    """One text with so many further terms, each as heavy as its own are on average.

    Where texts have the length 1, this one is brought to it again, and its own terms get lighter.
    An empty text stays as it is, for it has no weight to go by.
    """
    above = x - ground.absent
    own, foreign = np.flatnonzero(above > 0), np.flatnonzero(above <= 0)
    # Terms that no training row has would be found by anything.
    foreign = foreign[ground.spread[foreign] > 0]
    if not len(own) or not len(foreign):
        return x
    places = random.choice(foreign, min(int(strength), len(foreign)), replace=False)
    out = x.copy()
    out[places] += above[own].mean()
    return out / np.linalg.norm(out) if ground.length_one else out


SPEC = DefectSpec(
    name="foreign-words",
    title="Foreign words",
    summary="Terms that the text does not have, taken from the vocabulary.",
    kinds=("text",),
    change=one_by_one(change),
    strengths={"low": 1.0, "middle": 3.0, "high": 9.0},
    unit="further terms",
    order=10,
)
