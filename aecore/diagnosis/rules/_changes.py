"""Changes that rules offer: an experiment with some options changed, if that is valid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.models.penalties import Penalties

MOST_EPOCHS = 2000
# Rates at which every optimizer here learns, at its pace.
USUAL_RATE, LEAST_RATE, LARGEST_RATE = 1e-3, 1e-4, 1e-2


def changed(experiment: Experiment, changes: Mapping[str, Any]) -> Experiment | None:
    """The experiment with options changed by dotted path; None where that changes or fits nothing.

    Groups may be given whole, such as a stop with its kind.
    """
    try:
        found = experiment.replace(changes)
    except LabError:
        return None
    return None if found == experiment else found


def suited(experiment: Experiment) -> Experiment | None:
    """The same data and code with the layers, loss and pace that suit the data."""
    given = {
        "data": experiment.data.model_dump(mode="json"),
        "model": {"encoding_dim": experiment.model.encoding_dim},
        "seed": experiment.seed,
    }
    try:
        found = Experiment.from_dict(given)
    except LabError:
        return None
    return None if found == experiment else found


def longer(experiment: Experiment, times: int) -> Experiment | None:
    """So many times the epochs."""
    epochs = min(MOST_EPOCHS, times * experiment.training.epochs)
    return changed(experiment, {"training.epochs": epochs})


def without_penalties(experiment: Experiment) -> Experiment | None:
    """Nothing asked of weights and code but to reconstruct."""
    return changed(experiment, {"model.penalties": Penalties().model_dump(mode="json")})


def has_penalties(experiment: Experiment) -> bool:
    """Whether weights or code are asked for more than to reconstruct."""
    penalties = experiment.model.penalties
    asked = (
        penalties.l1,
        penalties.l2,
        penalties.activity_l1,
        penalties.kl_sparsity,
        penalties.contractive,
    )
    return any(value is not None for value in asked)
