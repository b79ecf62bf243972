"""Distance in the code: how far a sample's code lies from those of the training rows.

Mahalanobis distance with a shrunk covariance (Ledoit and Wolf 2004), learned again from the nearest
nine tenths, so that anomalies among the training rows do not widen it.
"""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec

KEPT_SHARE = 0.9
ROUNDS = 2


def fit(evidence: Evidence) -> Fitted:
    """Centre (k,) and precision (k, k) of the codes."""
    code = evidence.code.astype(np.float64)
    fitted = _shrunk(code)
    for _ in range(ROUNDS):
        away = _squared_distance(code, fitted)
        fitted = _shrunk(code[away <= np.quantile(away, KEPT_SHARE)])
    return fitted


def score(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n,) squared Mahalanobis distance over the number of code units."""
    away = _squared_distance(evidence.code.astype(np.float64), fitted)
    return away / max(1, evidence.code.shape[1])


def _squared_distance(code: np.ndarray, fitted: Fitted) -> np.ndarray:
    away = code - fitted["centre"]
    return np.einsum("ni,ij,nj->n", away, fitted["precision"], away)


def _shrunk(code: np.ndarray) -> Fitted:
    from sklearn.covariance import ledoit_wolf

    centre = code.mean(axis=0)
    covariance, _ = ledoit_wolf(code)
    return {"centre": centre, "precision": np.linalg.pinv(np.atleast_2d(covariance))}


SPEC = ScoreSpec(
    name="code-distance",
    title="Distance in the code",
    summary="How far the code lies from the training rows' codes; finds what is rebuilt well.",
    source="Denouden et al., Improving Reconstruction Autoencoder Out-of-distribution Detection "
    "with Mahalanobis Distance, 2018",
    score=score,
    fit=fit,
    order=30,
)
