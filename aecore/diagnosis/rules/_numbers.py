"""Numbers in the sentences of rules, and the size of steps beside that of weights."""

from __future__ import annotations

import math

import numpy as np

from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.experiment.experiment import layers_of
from aecore.training.optimizers import OPTIMIZERS


def percent(share: float) -> str:
    """A share as people say it, such as 12 %."""
    digits = 1 if abs(share) < 0.095 else 0
    return f"{100 * share:.{digits}f} %"


def step_share(experiment: Experiment) -> float | None:
    """log10 of a step's size beside that of a weight as training begins; None for plain gradients.

    Optimizers that divide by the gradient's own size move each weight by about the learning rate;
    weights begin with a spread of √(2 / (inputs + outputs)) (Glorot and Bengio 2010). The median
    of the layers counts.
    """
    if not OPTIMIZERS[experiment.training.optimizer].adapts:
        return None
    try:
        layers = layers_of(experiment)
    except LabError:
        return None
    spreads = [
        math.sqrt(2 / (layer.parameters / layer.shape[-1] + layer.shape[-1]))
        for layer in layers
        if layer.parameters
    ]
    if not spreads:
        return None
    return math.log10(experiment.training.learning_rate / float(np.median(spreads)))


def falls_apart(curve: np.ndarray, error: float) -> float:
    """Share of epochs that rise over the one before by more than two standard errors.

    Args:
        error: of the held-out error, as a share of it.
    """
    if len(curve) < 2:
        return 0.0
    size = np.maximum(np.abs(curve[:-1]), 1e-12)
    return float(np.mean(np.diff(curve) / size > 2 * error))
