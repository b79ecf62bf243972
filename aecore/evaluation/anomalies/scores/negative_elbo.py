"""−ELBO: how unlikely a sample is to a variational autoencoder, averaged over draws of its code."""

from __future__ import annotations

import numpy as np

from aecore.errors import DataError
from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec


def score(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n,) in nats.

    Raises:
        DataError: the autoencoder is not variational.
    """
    if evidence.negative_elbo is None:
        raise DataError(
            "Only a variational autoencoder has an ELBO.", "Choose another score for this run."
        )
    return evidence.negative_elbo


SPEC = ScoreSpec(
    name="negative-elbo",
    title="−ELBO",
    summary="How unlikely the sample is to the model: its error and its code's distance from the "
    "prior.",
    source="An and Cho, Variational Autoencoder based Anomaly Detection, SNU 2015",
    score=score,
    needs_elbo=True,
    order=50,
)
