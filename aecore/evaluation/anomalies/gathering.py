"""Gathering evidence: what an autoencoder makes of samples, as scores need it."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores import Evidence
from aecore.models.autoencoder import Autoencoder
from aecore.models.bottlenecks import BOTTLENECKS


def gather(model: Autoencoder, x: np.ndarray, given: np.ndarray, seed: int = 0) -> Evidence:
    """Codes, reconstructions and, of a variational autoencoder, the −ELBO of samples.

    Args:
        x: (n, *sample_shape), scaled, without corruption.
        given: the same as the model takes them: with labels where it is conditional on those.
        seed: of the codes that are drawn for the −ELBO.
    """
    if not len(x):
        return Evidence(x, x, np.empty((0, 1), np.float32))
    code = model.codes(given)
    elbo = BOTTLENECKS[model.objective["bottleneck"]["kind"]].negative_elbo
    return Evidence(
        x,
        model.reconstructions(given, code),
        code,
        None if elbo is None else elbo(model, given, x, seed),
    )
