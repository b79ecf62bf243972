"""Curves: the held-out error against the encoding dimension, of an ordered code and of PCA."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.preparing import Prepared
from aecore.data.prepare.split import drawn_rows
from aecore.evaluation.applied_rows import Model
from aecore.evaluation.baselines import Baselines, fit_baselines
from aecore.experiment.tree import ExperimentTree
from aecore.models.code_lengths import lengths, shortened
from aecore.models.losses import LOSSES, mean_loss

# Held-out rows that a curve is measured on at most.
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Curve:
    """What each encoding dimension reaches.

    Attributes:
        dimensions: ascending.
        error: mean squared error of each, in squared scaled units.
        loss: the mean loss of an element of each, by the loss that is trained with.
    """

    dimensions: tuple[int, ...]
    error: tuple[float, ...]
    loss: tuple[float, ...]


@dataclass(frozen=True)
class Curves:
    """Curves on the same held-out rows, and what bounds them.

    Attributes:
        measured_on: `test`, `validation` or `training`.
        rows: how many of them.
        features: values of a sample.
        loss: name of the loss that is trained with.
        pca: exact PCA of the training rows with as many numbers.
        mean: the error, and the loss, of answering with the mean training sample.
        floor: the least that the loss can be on these rows, where that is not 0.
        ordered: an ordered code with its first numbers alone; None of another code.
    """

    measured_on: str
    rows: int
    features: int
    loss: str
    pca: Curve
    mean: tuple[float, float]
    floor: float | None
    ordered: Curve | None = None


def measure_curves(
    experiment: ExperimentTree,
    prepared: Prepared,
    model: Model | None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Curves:
    """PCA's curve up to the encoding dimension, and that of a model with an ordered code.

    A stop ends the curve before it is whole.

    Args:
        model: whose code is ordered; None for PCA alone.
    """
    # Imports Keras, and a page that draws curves is not to.
    from aecore.evaluation.measuring import given_to_model, seen_by_encoder

    name, x, rows = prepared.held_out
    chosen = drawn_rows(len(x), MOST_ROWS, experiment.seed)
    x, rows = x[chosen], rows[chosen]
    seen = seen_by_encoder(experiment, prepared, x)
    loss, asked = experiment.training.loss, lengths(experiment.model.encoding_dim)
    baselines = fit_baselines(prepared.train, asked[-1])
    by_mean = baselines.by_mean(x)
    ordered = None
    if model is not None:
        given = given_to_model(experiment, prepared, seen, rows)
        ordered = _curve(asked, _by_first_numbers(model, given, asked), x, loss, should_stop)
    # There are no more axes than values of a sample or training rows.
    possible = [k for k in asked if k <= len(baselines.components)]
    floor = LOSSES[loss].floor
    return Curves(
        measured_on=name,
        rows=len(x),
        features=x[0].size,
        loss=loss,
        pca=_curve(possible, _by_first_axes(baselines, seen, possible), x, loss, should_stop),
        mean=(mean_loss("mse", x, by_mean), mean_loss(loss, x, by_mean)),
        floor=None if floor is None else floor(x),
        ordered=ordered,
    )


def _by_first_numbers(
    model: Model, given: np.ndarray, asked: Sequence[int]
) -> Iterator[np.ndarray]:
    code = model.codes(given)
    for length in asked:
        yield model.reconstructions(given, shortened(code, length))


def _by_first_axes(
    baselines: Baselines, seen: np.ndarray, asked: Sequence[int]
) -> Iterator[np.ndarray]:
    """What PCA makes of samples with so many axes, each adding to what those before it made."""
    flat = seen.reshape(len(seen), -1) - baselines.mean
    made = np.broadcast_to(baselines.mean, flat.shape).astype(np.float64)
    before = 0
    for length in asked:
        axes = baselines.components[before:length]
        made = made + flat @ axes.T @ axes
        before = length
        yield made.reshape(seen.shape).astype(np.float32)


def _curve(
    asked: Sequence[int],
    reconstructions: Iterator[np.ndarray],
    x: np.ndarray,
    loss: str,
    should_stop: Callable[[], bool],
) -> Curve:
    errors, losses = [], []
    for x_hat in reconstructions:
        errors.append(mean_loss("mse", x, x_hat))
        losses.append(mean_loss(loss, x, x_hat))
        if should_stop():
            break
    return Curve(tuple(asked[: len(errors)]), tuple(errors), tuple(losses))
