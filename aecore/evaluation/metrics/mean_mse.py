"""MSE of predicting the mean: what always answering with the mean training sample would cost."""

from __future__ import annotations

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.models.losses import mean_loss


def compute(m: Measured) -> float:
    """What always answering with the mean training sample would cost."""
    return mean_loss("mse", m.x, m.by_mean)


SPEC = MetricSpec(
    name="mean_mse",
    title="MSE of predicting the mean",
    summary="What always answering with the mean training sample would cost.",
    unit="squared scaled units",
    better="lower",
    yardstick="The error of a model that has learned nothing else.",
    compute=compute,
    order=60,
)
