"""MSE of the noisy input: what it costs to hand the corrupted sample on as it is."""

from __future__ import annotations

import math

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.models.losses import mean_loss


def compute(m: Measured) -> float:
    """MSE between clean rows and what the encoder saw of them; NaN where it saw them clean."""
    return math.nan if m.seen is m.x else mean_loss("mse", m.x, m.seen)


SPEC = MetricSpec(
    name="noisy_mse",
    title="MSE of the noisy input",
    summary="What it costs to hand the corrupted sample on as it is.",
    unit="squared scaled units",
    better="lower",
    yardstick="A denoising autoencoder must stay well below it.",
    compute=compute,
    order=80,
)
