"""Metrics of a finished run: what each is, its unit and its yardstick, and how it is computed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from aecore.models.losses import mean_loss

# Below this mean squared error PCA leaves nothing that a ratio could be taken to.
NO_ERROR = 1e-9


@dataclass(frozen=True)
class Measured:
    """Rows and their reconstructions, all (n, *sample_shape) in scaled units.

    Attributes:
        x: the rows.
        x_hat: by the autoencoder.
        by_mean: by the mean training sample.
        by_pca: of what the encoder saw, by PCA of the same dimension, fitted on training rows.
        loss: name of the loss trained with.
        seen: what the encoder saw of the rows: the rows themselves, or corrupted ones.
    """

    x: np.ndarray
    x_hat: np.ndarray
    by_mean: np.ndarray
    by_pca: np.ndarray
    loss: str
    seen: np.ndarray

    def mse(self, x_hat: np.ndarray) -> float:
        """Mean squared error of reconstructions by whatever means."""
        return mean_loss("mse", self.x, x_hat)


@dataclass(frozen=True)
class MetricSpec:
    """One metric.

    Attributes:
        name: as a run keeps it.
        title: as on screen.
        summary: what it is, in a sentence.
        unit: the unit of its value.
        better: which way is better.
        yardstick: what to compare it with, in a sentence.
        compute: its value for some rows and their reconstructions.
        headline: whether it stands at the top of a run's pages.
        against_pca: the metric that is its ratio to PCA's, if there is one.
    """

    name: str
    title: str
    summary: str
    unit: str
    better: Literal["lower", "higher"]
    yardstick: str
    compute: Callable[[Measured], float]
    headline: bool = False
    against_pca: str = ""


def r2(m: Measured) -> float:
    """1 − MSE / MSE of the mean training sample; NaN where that is 0."""
    by_mean = m.mse(m.by_mean)
    return 1.0 - m.mse(m.x_hat) / by_mean if by_mean > 0 else math.nan


def relative_to_pca(m: Measured) -> float:
    """MSE / MSE of PCA; NaN where PCA leaves no error, as with a code as wide as the sample."""
    by_pca = m.mse(m.by_pca)
    return m.mse(m.x_hat) / by_pca if by_pca > NO_ERROR else math.nan


def noisy_mse(m: Measured) -> float:
    """MSE between clean rows and what the encoder saw of them; NaN where it saw them clean."""
    return math.nan if m.seen is m.x else m.mse(m.seen)


METRICS = {
    spec.name: spec
    for spec in (
        MetricSpec(
            name="mse",
            title="MSE",
            summary="Mean squared error over all values.",
            unit="squared scaled units",
            better="lower",
            yardstick="Compare with PCA of the same dimension and with predicting the mean.",
            compute=lambda m: m.mse(m.x_hat),
            headline=True,
            against_pca="relative_to_pca",
        ),
        MetricSpec(
            name="mae",
            title="MAE",
            summary="Mean absolute error over all values.",
            unit="scaled units",
            better="lower",
            yardstick="In the unit of the scaled values: 0.05 is 5 % of a 0-to-1 range.",
            compute=lambda m: mean_loss("mae", m.x, m.x_hat),
            headline=True,
        ),
        MetricSpec(
            name="r2",
            title="R²",
            summary="Share of the variation that the reconstruction explains.",
            unit="1 is perfect",
            better="higher",
            yardstick="0 is no better than predicting the mean training sample.",
            compute=r2,
            headline=True,
        ),
        MetricSpec(
            name="relative_to_pca",
            title="Error relative to PCA",
            summary="MSE divided by that of PCA with the same number of dimensions.",
            unit="ratio",
            better="lower",
            yardstick="Below 1 beats PCA; 1 is what a linear autoencoder can reach.",
            compute=relative_to_pca,
            headline=True,
        ),
        MetricSpec(
            name="loss",
            title="Loss",
            summary="The loss trained with, over all values.",
            unit="unit of the loss",
            better="lower",
            yardstick="Compare with the yardsticks drawn in the loss curve.",
            compute=lambda m: mean_loss(m.loss, m.x, m.x_hat),
        ),
        MetricSpec(
            name="mean_mse",
            title="MSE of predicting the mean",
            summary="What always answering with the mean training sample would cost.",
            unit="squared scaled units",
            better="lower",
            yardstick="The error of a model that has learned nothing else.",
            compute=lambda m: m.mse(m.by_mean),
        ),
        MetricSpec(
            name="pca_mse",
            title="MSE of PCA",
            summary="What PCA with the same number of dimensions would cost.",
            unit="squared scaled units",
            better="lower",
            yardstick="The best that any linear autoencoder can do on training rows.",
            compute=lambda m: m.mse(m.by_pca),
        ),
        MetricSpec(
            name="noisy_mse",
            title="MSE of the noisy input",
            summary="What it costs to hand the corrupted sample on as it is.",
            unit="squared scaled units",
            better="lower",
            yardstick="A denoising autoencoder must stay well below it.",
            compute=noisy_mse,
        ),
    )
}


HEADLINES = tuple(spec for spec in METRICS.values() if spec.headline)
# What a list of runs shows of each.
MAIN = HEADLINES[0]


def measure(measured: Measured) -> dict[str, float]:
    """Every metric by name."""
    return {name: spec.compute(measured) for name, spec in METRICS.items()}


def figure_of(metrics: Mapping[str, Any], name: str) -> float | None:
    """A final figure of a run as it kept them; None where it is none, or no finite number."""
    value = metrics.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
