"""Distance of the reconstruction: how far what the decoder writes lies from what it writes usually.

A row is its reconstruction plus an error. A row that is far out in a direction that the network
knows has a usual error and an unusual reconstruction.
"""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores._robust import counted, learn
from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec


def fit(evidence: Evidence) -> Fitted:
    """Middle and robust spread of each feature of the reconstructions, (features,) both."""
    return learn(_written(evidence))


def score(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n,) mean over the features of Huber's function; about 1 for a usual sample."""
    return counted(_written(evidence), fitted).sum(axis=1)


def _written(evidence: Evidence) -> np.ndarray:
    """(n, features) the reconstructions, float64."""
    return evidence.x_hat.astype(np.float64).reshape(len(evidence.x_hat), -1)


SPEC = ScoreSpec(
    name="reconstruction-distance",
    title="Distance of the reconstruction",
    summary="How far out the reconstruction itself lies; finds what is odd and rebuilt well.",
    source="Huber, Robust Estimation of a Location Parameter, 1964",
    score=score,
    fit=fit,
    order=35,
)
