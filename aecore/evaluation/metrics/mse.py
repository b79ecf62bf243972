"""MSE: mean squared error over all values."""

from __future__ import annotations

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.models.losses import mean_loss


def compute(m: Measured) -> float:
    """Mean squared error over all values."""
    return mean_loss("mse", m.x, m.x_hat)


SPEC = MetricSpec(
    name="mse",
    title="MSE",
    summary="Mean squared error over all values.",
    unit="squared scaled units",
    better="lower",
    yardstick="Compare with PCA of the same dimension and with predicting the mean.",
    compute=compute,
    order=10,
)
