"""Selections: what some samples have in common, and how they differ from all."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aecore.data.formula_cells import neutral_frame
from aecore.evaluation.reconstruction import class_name
from aecore.evaluation.samples import Samples
from aecore.latent.codes import pair_distances

# Half a million pairs pin a mean distance down to the third digit.
MAX_ROWS_FOR_DISTANCES = 1000


@dataclass(frozen=True)
class ClassShare:
    """How common a class is among some samples.

    Attributes:
        name: of the class.
        rows: samples of it among them.
        share: of them, 0 to 1.
        share_of_all: its share of all samples, the yardstick.
    """

    name: str
    rows: int
    share: float
    share_of_all: float


@dataclass(frozen=True)
class Summary:
    """Figures of some samples beside those of all.

    Attributes:
        rows: how many they are.
        total: how many there are.
        error, error_of_all: mean squared error, in squared scaled units.
        distance, distance_of_all: mean Euclidean distance of two codes; nan below two samples.
        mix: one entry a class that they have, the most common first; empty without labels.
    """

    rows: int
    total: int
    error: float
    error_of_all: float
    distance: float
    distance_of_all: float
    mix: tuple[ClassShare, ...]


def summarise(samples: Samples, positions: np.ndarray) -> Summary:
    """Figures of the samples at these positions (m,); m is at least 1."""
    return Summary(
        rows=len(positions),
        total=len(samples.error),
        error=float(samples.error[positions].mean()),
        error_of_all=float(samples.error.mean()),
        distance=mean_distance(samples.code[positions]),
        distance_of_all=mean_distance(samples.code),
        mix=class_mix(samples, positions),
    )


def mean_distance(code: np.ndarray, seed: int = 0) -> float:
    """Mean Euclidean distance of all pairs of codes (n, k), of at most 1,000 drawn ones."""
    if len(code) < 2:
        return math.nan
    return float(pair_distances(code, MAX_ROWS_FOR_DISTANCES, seed).mean())


def class_mix(samples: Samples, positions: np.ndarray) -> tuple[ClassShare, ...]:
    """The classes of the samples at these positions, the most common first."""
    if samples.label is None:
        return ()
    found, rows = np.unique(samples.label[positions], return_counts=True)
    order = np.argsort(-rows, kind="stable")
    return tuple(
        ClassShare(
            class_name(samples, int(label)),
            int(own),
            float(own / len(positions)),
            float((samples.label == label).mean()),
        )
        for label, own in zip(found[order], rows[order], strict=True)
    )


def as_csv(samples: Samples, positions: np.ndarray) -> bytes:
    """Row numbers, labels, errors and codes of the samples at these positions, as a CSV file."""
    import pandas as pd

    columns: dict[str, object] = {"row": samples.index[positions]}
    if samples.label is not None:
        columns["label"] = [class_name(samples, int(i)) for i in samples.label[positions]]
    columns["error"] = samples.error[positions]
    columns |= {f"code_{i + 1}": values for i, values in enumerate(samples.code[positions].T)}
    return neutral_frame(pd.DataFrame(columns)).to_csv(index=False).encode("utf-8")
