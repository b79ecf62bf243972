"""MAE: mean absolute error over all values."""

from __future__ import annotations

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.models.losses import mean_loss


def compute(m: Measured) -> float:
    """Mean absolute error over all values."""
    return mean_loss("mae", m.x, m.x_hat)


SPEC = MetricSpec(
    name="mae",
    title="MAE",
    summary="Mean absolute error over all values.",
    unit="scaled units",
    better="lower",
    yardstick="In the unit of the scaled values: 0.05 is 5 % of a 0-to-1 range.",
    compute=compute,
    order=20,
)
