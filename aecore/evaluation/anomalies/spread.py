"""`Spread`: how scores are spread in bins, those of normal, odd and calibrating rows apart."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aecore.evaluation.anomalies.judging import ODD, Judged

MOST_BINS = 60
# With its largest score so many times the median, only the log of it shows a shape.
SKEWED = 20.0
# Scores within this share of each other are taken for equal: bins could not part them.
EQUAL = 1e-9


@dataclass(frozen=True)
class Spread:
    """Shares of rows in bins of the score.

    Attributes:
        edges: (bins + 1,) ascending; of the last bin, the upper edge is inside.
        rows: (bins,) share of all rows that are not known to be odd.
        odd: (bins,) share of all rows that are.
        calibration: (bins,) share of the rows that calibrate; zeros without any.
    """

    edges: np.ndarray
    rows: np.ndarray
    odd: np.ndarray
    calibration: np.ndarray


def spread_of(by: Judged, *, log: bool = False) -> Spread | None:
    """The spread in bins of one width, or of one factor; None where a score is not positive."""
    low, high = _limits(by)
    if log and low <= 0:
        return None
    bins = max(1, min(MOST_BINS, math.ceil(2 * math.sqrt(len(by.scores)))))
    if high - low <= EQUAL * max(abs(low), abs(high)):
        low, high = low - (abs(low) * 0.1 or 1.0), high + (abs(high) * 0.1 or 1.0)
        log = log and low > 0
    edges = np.geomspace(low, high, bins + 1) if log else np.linspace(low, high, bins + 1)
    # Rounding must not leave the extremes outside.
    edges[0], edges[-1] = low, high
    odd = by.kind == ODD if by.kind is not None else np.zeros(len(by.scores), dtype=bool)
    total = max(1, len(by.scores))
    return Spread(
        edges=edges,
        rows=np.histogram(by.scores[~odd], edges)[0] / total,
        odd=np.histogram(by.scores[odd], edges)[0] / total,
        calibration=np.histogram(by.calibration, edges)[0] / max(1, len(by.calibration)),
    )


def is_skewed(by: Judged) -> bool:
    """Whether only a log scale shows the shape of these scores."""
    low, high = _limits(by)
    return low > 0 and high > SKEWED * float(np.median(by.scores))


def _limits(by: Judged) -> tuple[float, float]:
    both = np.concatenate([by.scores, by.calibration])
    return float(both.min()), float(both.max())
