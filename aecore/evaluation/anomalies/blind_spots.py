"""Blind spots: rows far from every training row that are rebuilt as well as usual ones.

A linear autoencoder has them by construction: whatever lies in its plane is rebuilt, however far
out. No score made of the reconstruction error can see them, so they are looked for by distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.split import drawn_rows
from aecore.errors import DataError
from aecore.evaluation.anomalies.conformal import p_values

NEIGHBOURS = 5
MOST_TRAINING_ROWS = 5_000
# Distances of usual rows are as large as this seldom; the farthest training row of a thousand.
FAR = 0.001
# Errors up to this share of the training rows' are usual.
USUAL = 0.95


@dataclass(frozen=True)
class Distances:
    """Distances of rows to their fifth nearest training row.

    Attributes:
        distance: (n,) Euclidean.
        p: (n,) share of training rows that lie as far from the others, by conformal p-value.
    """

    distance: np.ndarray
    p: np.ndarray


class Neighbourhood:
    """Training rows in one space, and how far each lies from the others.

    Args:
        rows: (m, features), two at least.
    """

    def __init__(self, rows: np.ndarray) -> None:
        from sklearn.neighbors import NearestNeighbors

        self._count = min(NEIGHBOURS, len(rows) - 1)
        self._near = NearestNeighbors(n_neighbors=self._count).fit(rows)
        # Asked without rows, no row is a neighbour of itself.
        self._own = self._near.kneighbors()[0][:, -1]

    @property
    def usual(self) -> float:
        """The median distance of a training row to its fifth nearest; 1 where it is 0."""
        return float(np.median(self._own)) or 1.0

    def distances(self, rows: np.ndarray) -> Distances:
        """How far rows (n, features), one at least, lie from the training rows."""
        found = self._near.kneighbors(rows)[0][:, -1]
        return Distances(found, p_values(self._own, found))


@dataclass(frozen=True)
class Familiar:
    """What is known of training rows: where they lie, and how well they are rebuilt.

    Attributes:
        inputs, codes: neighbourhoods of both; codes are standardised.
        centre, spread: (k,) of the codes.
        errors: (m,) of the same rows.
        sampled, rows: training rows that are looked at, of how many there are.
    """

    inputs: Neighbourhood
    codes: Neighbourhood
    centre: np.ndarray
    spread: np.ndarray
    errors: np.ndarray
    sampled: int
    rows: int

    @property
    def sentence(self) -> str:
        """Which training rows distances are measured to."""
        if self.sampled == self.rows:
            return f"Distances are to all {self.rows:,} training rows."
        return f"Distances are to a sample of {self.sampled:,} of {self.rows:,} training rows."


@dataclass(frozen=True)
class BlindSpot:
    """A row far from every training row, in the input or in the code, that is rebuilt well.

    Attributes:
        row: its position among the rows given.
        input_distance, code_distance: to the fifth nearest training row, over the median such
            distance of training rows: 1 is usual.
        input_p, code_p: share of training rows that lie as far from the others.
        error: its reconstruction error.
        error_rank: share of training rows that are rebuilt better.
    """

    row: int
    input_distance: float
    code_distance: float
    input_p: float
    code_p: float
    error: float
    error_rank: float


def learn_familiar(x: np.ndarray, code: np.ndarray, errors: np.ndarray, seed: int = 0) -> Familiar:
    """Where training rows lie; of at most 5,000 of them, drawn by the seed.

    Args:
        x: (m, *sample_shape), in scaled units.
        code: (m, k).
        errors: (m,) reconstruction errors, or another score made of them.

    Raises:
        DataError: there are fewer than two rows.
    """
    if len(x) < 2:
        raise DataError(
            "Distances need two training rows at least.", "Train on more rows to see blind spots."
        )
    chosen = drawn_rows(len(x), MOST_TRAINING_ROWS, seed)
    codes = code[chosen].astype(np.float64)
    centre, spread = codes.mean(axis=0), codes.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    return Familiar(
        inputs=Neighbourhood(x[chosen].reshape(len(chosen), -1)),
        codes=Neighbourhood((codes - centre) / spread),
        centre=centre,
        spread=spread,
        errors=np.sort(errors[chosen]),
        sampled=len(chosen),
        rows=len(x),
    )


def blind_spots(
    familiar: Familiar,
    x: np.ndarray,
    code: np.ndarray,
    errors: np.ndarray,
    *,
    far: float = FAR,
    usual: float = USUAL,
) -> tuple[BlindSpot, ...]:
    """Rows that are far out and rebuilt as well as usual ones, the farthest first.

    Args:
        x, code, errors: of further rows, as `learn_familiar` takes those of training.
        far: rows are far whose p-value is no larger, in the input or in the code; no larger than
            the least that there is, where training rows are few.
        usual: errors up to this share of the training rows' are usual.
    """
    if not len(x):
        return ()
    inputs = familiar.inputs.distances(x.reshape(len(x), -1))
    codes = familiar.codes.distances((code - familiar.centre) / familiar.spread)
    least = max(far, 1.0 / (familiar.sampled + 1))
    away = np.minimum(inputs.p, codes.p) <= least * (1 + 1e-9)
    rebuilt = errors <= np.quantile(familiar.errors, usual)
    found = _told(familiar, inputs, codes, errors, np.flatnonzero(away & rebuilt))
    return tuple(sorted(found, key=lambda s: -max(s.input_distance, s.code_distance)))


def _told(
    familiar: Familiar,
    inputs: Distances,
    codes: Distances,
    errors: np.ndarray,
    rows: np.ndarray,
) -> list[BlindSpot]:
    units = familiar.inputs.usual, familiar.codes.usual
    ranks = np.searchsorted(familiar.errors, errors, side="left") / familiar.sampled
    return [
        BlindSpot(
            row=int(row),
            input_distance=float(inputs.distance[row] / units[0]),
            code_distance=float(codes.distance[row] / units[1]),
            input_p=float(inputs.p[row]),
            code_p=float(codes.p[row]),
            error=float(errors[row]),
            error_rank=float(ranks[row]),
        )
        for row in rows
    ]
