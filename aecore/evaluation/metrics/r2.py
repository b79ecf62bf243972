"""R²: share of the variation that the reconstruction explains."""

from __future__ import annotations

import math

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.models.losses import mean_loss


def compute(m: Measured) -> float:
    """1 − MSE / MSE of the mean training sample; NaN where that is 0."""
    by_mean = mean_loss("mse", m.x, m.by_mean)
    return 1.0 - mean_loss("mse", m.x, m.x_hat) / by_mean if by_mean > 0 else math.nan


SPEC = MetricSpec(
    name="r2",
    title="R²",
    summary="Share of the variation that the reconstruction explains.",
    unit="1 is perfect",
    better="higher",
    yardstick="0 is no better than predicting the mean training sample.",
    compute=compute,
    order=30,
)
