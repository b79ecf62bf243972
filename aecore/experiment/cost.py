"""`Cost`: about how much memory and time an experiment takes, before anything is trained.

The factors were measured on two cores; docs/decisions.md says how near an estimate comes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from aecore.data.limits import limits
from aecore.data.prepare.split import part_sizes
from aecore.experiment.experiment import layers_of
from aecore.experiment.tree import ExperimentTree
from aecore.memory import in_gigabytes
from aecore.training.batches import EVALUATION_BATCH, batch_count

FLOAT = 4
# Weights, their gradients, two moments of the optimizer, the best weights so far, and what XLA
# sets aside.
COPIES_OF_WEIGHTS = 5.5
# The raw data, what is made of it, its parts, and the yardsticks in double precision.
COPIES_OF_DATA = 12
# Layers that are held while rows are evaluated.
LAYERS_AT_ONCE = 2
# A table that is read in parts holds some blocks, whatever its size.
BLOCKS_BYTES = 256 * 2**20
# Forward and back, with a multiplication and an addition each time: two and four.
OPERATIONS = 6
# What of the speed of a matrix product on one core, which is what a worker measures, layers reach
# on all of them; what a step and an epoch cost beside.
SHARE_OF_SPEED = 0.6
SECONDS_A_STEP, SECONDS_AN_EPOCH = 1e-4, 3e-3
SECONDS_TO_BEGIN = 2.0


@dataclass(frozen=True)
class Cost:
    """What a run takes.

    Attributes:
        memory: bytes beside those of an idle worker.
        operations: floating-point operations of all epochs.
        steps: of the optimizer, in all epochs.
        epochs: of the training.
    """

    memory: int
    operations: float
    steps: int
    epochs: int

    def seconds(self, speed: float) -> float:
        """About how long it trains where a large matrix product reaches `speed` operations a
        second.
        """
        calculating = self.operations / (SHARE_OF_SPEED * speed)
        beside = self.steps * SECONDS_A_STEP + self.epochs * SECONDS_AN_EPOCH
        return SECONDS_TO_BEGIN + calculating + beside


@dataclass(frozen=True)
class Capacity:
    """What there is for a run.

    Attributes:
        free: bytes of memory.
        speed: floating-point operations a second in a large matrix product on one core.
    """

    free: int
    speed: float


def shortage(cost: Cost, free: int) -> str:
    """That a run needs more memory than is free, in a sentence; empty where it does not."""
    if cost.memory <= free:
        return ""
    return (
        f"It needs about {in_gigabytes(cost.memory)} of memory, and {in_gigabytes(free)} are free."
    )


def cost_of(tree: ExperimentTree) -> Cost:
    """What an experiment takes; its data is as large as it is known to be.

    Raises:
        ExperimentError: the model cannot be built for this data.
        DataError: nobody knows what is in this data.
    """
    layers, rows, batch = layers_of(tree), tree.facts.rows, tree.training.batch_size
    data, epochs = tree.data, tree.training.epochs
    shares = (data.validation_fraction, data.calibration_fraction, data.test_fraction)
    training_rows = max(1, part_sizes(rows, *shares, tree.facts.overlap).train)
    weights = sum(layer.parameters for layer in layers)
    values = sum(math.prod(layer.shape) for layer in layers)
    products = sum(layer.parameters * layer.places for layer in layers)
    steps = batch_count(training_rows, batch, tree.least_rows)
    training = tree.backbone.kept_values * values * min(batch, training_rows)
    evaluating = LAYERS_AT_ONCE * values * min(EVALUATION_BATCH, rows)
    numbers = COPIES_OF_WEIGHTS * weights + max(training, evaluating)
    return Cost(
        memory=int(FLOAT * numbers + _data_bytes(rows * tree.facts.features)),
        operations=float(OPERATIONS * products * training_rows * epochs),
        steps=steps * epochs,
        epochs=epochs,
    )


def _data_bytes(values: int) -> int:
    if values * FLOAT > limits().in_memory_bytes:
        return BLOCKS_BYTES
    return values * FLOAT * COPIES_OF_DATA
