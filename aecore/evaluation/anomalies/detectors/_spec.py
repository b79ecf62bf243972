"""What every detector declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# Scores (n,) of rows (n, features), higher is odder.
Scorer = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class DetectorSpec:
    """One detector: name, title, a sentence, its source, and how it is fitted.

    Attributes:
        fit: (training rows (n, features), seed) -> what scores further rows.
        most_rows: training rows that it is fitted to at most, drawn by the seed, so that 50,000
            rows are scored within ten seconds; None takes all.
    """

    name: str
    title: str
    summary: str
    source: str
    fit: Callable[[np.ndarray, int], Scorer]
    most_rows: int | None = None
    order: int = 100

    def fitted(self, x: np.ndarray, seed: int = 0) -> Scorer:
        """The detector fitted to training rows x (n, *shape), at most `most_rows` of them."""
        rows = x.reshape(len(x), -1)
        if self.most_rows is not None and len(rows) > self.most_rows:
            chosen = np.random.default_rng(seed).choice(len(rows), self.most_rows, replace=False)
            rows = rows[np.sort(chosen)]
        score = self.fit(rows, seed)
        return lambda further: score(further.reshape(len(further), -1))
