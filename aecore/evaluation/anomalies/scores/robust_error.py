"""Robust error: residuals over their usual spread; one wild feature cannot drown the rest."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores._robust import counted, learn
from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec


def fit(evidence: Evidence) -> Fitted:
    """Middle and robust spread of each feature's residual, (features,) both."""
    return learn(evidence.residual)


def parts(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n, features) Huber's function of standardised residuals, over the number of features."""
    return counted(evidence.residual, fitted)


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
