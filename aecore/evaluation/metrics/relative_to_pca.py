"""Error relative to PCA: mSE divided by that of PCA with the same number of dimensions."""

from __future__ import annotations

import math

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.models.losses import mean_loss

NO_ERROR = 1e-9


def compute(m: Measured) -> float:
    """MSE / MSE of PCA; NaN where PCA leaves no error, as with a code as wide as the sample."""
    by_pca = mean_loss("mse", m.x, m.by_pca)
    return mean_loss("mse", m.x, m.x_hat) / by_pca if by_pca > NO_ERROR else math.nan


SPEC = MetricSpec(
    name="relative_to_pca",
    title="Error relative to PCA",
    summary="MSE divided by that of PCA with the same number of dimensions.",
    unit="ratio",
    better="lower",
    yardstick="Below 1 beats PCA; 1 is what a linear autoencoder can reach.",
    compute=compute,
    order=40,
)
