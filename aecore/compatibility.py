"""Which parts of an experiment do not go together, and what to do about it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aecore.data import facts
from aecore.errors import DataError, Problem
from aecore.models.losses import LOSSES

if TYPE_CHECKING:
    from aecore.experiment import Experiment

HELD_OUT_AT_MOST = 0.9


def misfits(experiment: Experiment) -> Iterator[Problem]:
    """What no single field can see: parts that do not go together, each with the way out."""
    data, training = experiment.data, experiment.training
    scaling, loss = experiment.preprocessing.scaling, LOSSES[training.loss]
    if data.validation_fraction + data.test_fraction > HELD_OUT_AT_MOST:
        yield Problem(
            "data.test_fraction",
            "Validation and test share together leave too few rows to train on. Lower one of them.",
        )
    if training.early_stopping is not None and data.validation_fraction == 0:
        yield Problem(
            "training.early_stopping",
            "Early stopping watches the validation loss, and no rows are held out for it. "
            "Raise the validation share or turn early stopping off.",
        )
    if loss.unit_interval and scaling == "standardize":
        yield Problem(
            "training.loss",
            f"{loss.title} needs values from 0 to 1, and standardised values lie outside. "
            "Choose min-max scaling or mean squared error.",
        )
    elif loss.unit_interval and experiment.output_activation != "sigmoid":
        yield Problem(
            "model.output_activation",
            f"{loss.title} needs a sigmoid output. "
            "Choose automatic or sigmoid as output activation, or mean squared error as loss.",
        )
    elif experiment.output_activation == "sigmoid" and scaling == "standardize":
        yield Problem(
            "model.output_activation",
            "A sigmoid output cannot reach standardised values below 0 or above 1. "
            "Choose a linear output or min-max scaling.",
        )
    elif experiment.output_activation == "sigmoid" and scaling == "none":
        yield from _unscaled_beyond_sigmoid(experiment)


def _unscaled_beyond_sigmoid(experiment: Experiment) -> Iterator[Problem]:
    value_range = _known_range(experiment.data.source)
    if value_range is None or (value_range[0] >= 0 and value_range[1] <= 1):
        return
    low, high = value_range
    needs_it = LOSSES[experiment.training.loss].unit_interval
    what = LOSSES[experiment.training.loss].title if needs_it else "A sigmoid output"
    yield Problem(
        "training.loss" if needs_it else "model.output_activation",
        f"{what} needs values from 0 to 1, and this data set's run from {low:g} to {high:g}. "
        "Choose min-max scaling.",
    )


def _known_range(source: str) -> tuple[float, float] | None:
    try:
        return facts(source).value_range
    except DataError:
        # A kept run's file may be gone; that is said when it is loaded.
        return None
