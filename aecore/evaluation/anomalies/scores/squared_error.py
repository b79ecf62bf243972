"""Reconstruction error: the mean squared error of a sample."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec


def parts(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n, features) squared residuals over the number of features."""
    return np.square(evidence.residual) / max(1, evidence.residual.shape[1])


def score(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n,) mean squared error, in squared scaled units."""
    return parts(evidence, fitted).sum(axis=1)


SPEC = ScoreSpec(
    name="squared-error",
    title="Reconstruction error",
    summary="The mean squared error; features with a large spread count most.",
    source="Sakurada and Yairi, Anomaly Detection Using Autoencoders, MLSDA 2014",
    score=score,
    parts=parts,
    order=20,
)
