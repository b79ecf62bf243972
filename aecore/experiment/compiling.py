"""The epoch from which XLA trains a run; what its worker trained before has no say in it.

XLA rounds otherwise than TensorFlow's own kernels, so that a switch which came sooner in a worker
that has the function already would change the last digits of a history.
"""

from __future__ import annotations

from aecore.experiment.experiment import Experiment
from aecore.settings import value_at
from aecore.training.batches import batch_count

# What a step must take to win back the second or so that XLA takes to compile it.
BATCHES_WORTH_COMPILING = 500
# What the function compiled for the default experiment does not depend on.
LEFT_OPEN = ("seed", "training.epochs", "training.learning_rate", "training.stop")


def xla_from(experiment: Experiment, rows: int) -> int | None:
    """The epoch (from 1) from which full batches are trained with XLA, or None if it never pays.

    It is the second, so that a compilation does not hold up the first that is drawn, unless that
    one is long, or the experiment is the one that every worker compiles before it is asked.

    Args:
        rows: rows trained on in an epoch.
    """
    training = experiment.training
    batches = batch_count(rows, training.batch_size, experiment.least_rows)
    if not experiment.gains_from_xla or training.epochs * batches < BATCHES_WORTH_COMPILING:
        return None
    if batches >= BATCHES_WORTH_COMPILING or _is_like_the_default(experiment):
        return 1
    return 2


def _is_like_the_default(experiment: Experiment) -> bool:
    default = Experiment()
    return experiment == default.replace({path: value_at(experiment, path) for path in LEFT_OPEN})
