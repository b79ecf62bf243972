"""Loss: the loss trained with, over all values."""

from __future__ import annotations

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.models.losses import mean_loss


def compute(m: Measured) -> float:
    """The loss trained with, over all values."""
    return mean_loss(m.loss, m.x, m.x_hat)


SPEC = MetricSpec(
    name="loss",
    title="Loss",
    summary="The loss trained with, over all values.",
    unit="unit of the loss",
    better="lower",
    yardstick="Compare with the yardsticks drawn in the loss curve.",
    compute=compute,
    order=50,
)
