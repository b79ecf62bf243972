"""Robust error: residuals over their usual spread, in which one wild feature cannot drown the rest.

Each feature's residual is centred and divided by its robust spread on training rows (1.4826 · MAD),
then counted by Huber's function: squared up to δ = 3 spreads, linear beyond. Training rows may hold
anomalies: median and MAD hardly move with them.
"""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec

# Of a normal distribution, the standard deviation over the median absolute deviation.
NORMAL = 1.4826
DELTA = 3.0
# The least spread, as a share of the mean one: a pixel that never varies is not all-important.
FLOOR = 0.05


def fit(evidence: Evidence) -> Fitted:
    """Median and robust spread of each feature's residual, (features,) both."""
    residual = evidence.residual
    middle = np.median(residual, axis=0)
    spread = NORMAL * np.median(np.abs(residual - middle), axis=0)
    # Where more than half of the residuals are equal, their standard deviation serves.
    spread = np.where(spread > 0, spread, residual.std(axis=0))
    least = FLOOR * float(spread.mean()) or 1.0
    return {"middle": middle, "spread": np.maximum(spread, least)}


def parts(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n, features) Huber's function of standardised residuals, over the number of features."""
    off = np.abs(evidence.residual - fitted["middle"]) / fitted["spread"]
    counted = np.where(off <= DELTA, np.square(off), DELTA * (2.0 * off - DELTA))
    return counted / max(1, off.shape[1])


def score(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n,) mean over the features; about 1 for a usual sample."""
    return parts(evidence, fitted).sum(axis=1)


SPEC = ScoreSpec(
    name="robust-error",
    title="Robust error",
    summary="Each feature's error over its usual spread; one wild feature cannot drown the rest.",
    source="Huber, Robust Estimation of a Location Parameter, 1964",
    score=score,
    fit=fit,
    parts=parts,
    order=10,
)
