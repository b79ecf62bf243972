"""What every detector declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.split import drawn_rows

# Scores (n,) of rows (n, features), higher is odder.
Scorer = Callable[[np.ndarray], np.ndarray]
# What would be expected (n, features) in the place of rows (n, features).
Expecter = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class DetectorSpec:
    """One detector: name, title, a sentence, its source, and how it is fitted.

    Attributes:
        fit: (training rows (n, features), seed) -> what scores further rows.
        expect: training rows -> what tells which row would have been expected in a row's place.
        expects: what that is, within a sentence, such as "the median of the training rows".
        most_rows, most_values: training rows, and values of them, that it is fitted to at most,
            drawn by the seed, so that 50,000 rows are scored within ten seconds; None takes all.
    """

    name: str
    title: str
    summary: str
    source: str
    fit: Callable[[np.ndarray, int], Scorer]
    expect: Callable[[np.ndarray], Expecter]
    expects: str
    most_rows: int | None = None
    most_values: int | None = None
    order: int = 100

    def fitted(self, x: np.ndarray, seed: int = 0) -> Scorer:
        """The detector fitted to training rows x (n, *shape), at most `most_rows` of them."""
        score = self.fit(self._learned_from(x, seed), seed)
        return lambda further: score(further.reshape(len(further), -1))

    def expecting(self, x: np.ndarray, seed: int = 0) -> Expecter:
        """What is expected of samples (n, *shape), by the training rows that `fitted` takes."""
        expected = self.expect(self._learned_from(x, seed))
        return lambda further: expected(further.reshape(len(further), -1)).reshape(further.shape)

    def learns_from(self, rows: int, features: int) -> int:
        """Of so many training rows, how many it is fitted to."""
        most = rows if self.most_rows is None else min(rows, self.most_rows)
        return most if self.most_values is None else max(1, min(most, self.most_values // features))

    def _learned_from(self, x: np.ndarray, seed: int) -> np.ndarray:
        rows = x.reshape(len(x), -1)
        return rows[drawn_rows(len(rows), self.learns_from(*rows.shape), seed)]
