"""MSE of PCA: what PCA with the same number of dimensions would cost."""

from __future__ import annotations

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.models.losses import mean_loss


def compute(m: Measured) -> float:
    """What PCA with the same number of dimensions would cost."""
    return mean_loss("mse", m.x, m.by_pca)


SPEC = MetricSpec(
    name="pca_mse",
    title="MSE of PCA",
    summary="What PCA with the same number of dimensions would cost.",
    unit="squared scaled units",
    better="lower",
    yardstick="The best that any linear autoencoder can do on training rows.",
    compute=compute,
    order=70,
)
