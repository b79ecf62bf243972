"""`Cost`: about how much memory and time an experiment takes, before anything is trained.

The factors were measured on two cores (docs/decisions.md has the figures); an estimate is within a
third of the memory, and within a factor of two of the time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from aecore.data.limits import limits
from aecore.experiment.experiment import layers_of
from aecore.experiment.tree import ExperimentTree

FLOAT = 4
# Weights, their gradients, two moments of the optimizer, the best weights so far, and what XLA
# sets aside.
COPIES_OF_WEIGHTS = 5.5
# The raw data, what is made of it, its parts, and the yardsticks in double precision.
COPIES_OF_DATA = 12
# Rows that are evaluated at once, and the layers that are held meanwhile.
ROWS_AT_ONCE, LAYERS_AT_ONCE = 1024, 2
# A table that is read in parts holds some blocks, whatever its size.
BLOCKS_BYTES = 256 * 2**20
# Forward and back, with a multiplication and an addition each time: two and four.
OPERATIONS = 6
# What of a matrix product's speed layers reach; what a step and each of its weights cost beside.
SHARE_OF_SPEED = 0.7
SECONDS_A_STEP, SECONDS_A_WEIGHT = 4e-4, 3e-9
SECONDS_TO_BEGIN = 3.0
GIGABYTE = 1e9


@dataclass(frozen=True)
class Cost:
    """What a run takes.

    Attributes:
        memory: bytes beside those of an idle worker.
        operations: floating-point operations of all epochs.
        steps: of the optimizer, in all epochs.
        weights: trained numbers.
    """

    memory: int
    operations: float
    steps: int
    weights: int

    def seconds(self, speed: float) -> float:
        """About how long it trains where a large matrix product reaches `speed` operations a
        second.
        """
        calculating = self.operations / (SHARE_OF_SPEED * speed)
        beside = self.steps * (SECONDS_A_STEP + SECONDS_A_WEIGHT * self.weights)
        return SECONDS_TO_BEGIN + calculating + beside


@dataclass(frozen=True)
class Capacity:
    """What there is for a run.

    Attributes:
        free: bytes of memory.
        speed: floating-point operations a second in a large matrix product.
    """

    free: int
    speed: float


def shortage(cost: Cost, free: int) -> str:
    """That a run needs more memory than is free, in a sentence; empty where it does not."""
    if cost.memory <= free:
        return ""
    return (
        f"It needs about {cost.memory / GIGABYTE:.1f} GB of memory, and {free / GIGABYTE:.1f} GB "
        "are free."
    )


def cost_of(tree: ExperimentTree) -> Cost:
    """What an experiment takes; its data is as large as it is known to be.

    Raises:
        ExperimentError: the model cannot be built for this data.
        DataError: nobody knows what is in this data.
    """
    layers, rows, batch = layers_of(tree), tree.facts.rows, tree.training.batch_size
    held_out = tree.data.validation_fraction + tree.data.test_fraction
    training_rows = max(1, round(rows * (1 - held_out)))
    weights = sum(layer.parameters for layer in layers)
    values = sum(math.prod(layer.shape) for layer in layers)
    products = sum(layer.parameters * layer.places for layer in layers)
    steps = math.ceil(training_rows / batch)
    training = tree.backbone.kept_values * values * min(batch, training_rows)
    evaluating = LAYERS_AT_ONCE * values * min(ROWS_AT_ONCE, rows)
    numbers = COPIES_OF_WEIGHTS * weights + max(training, evaluating)
    return Cost(
        memory=int(FLOAT * numbers + _data_bytes(rows * tree.facts.features)),
        operations=float(OPERATIONS * products * training_rows * tree.training.epochs),
        steps=steps * tree.training.epochs,
        weights=weights,
    )


def _data_bytes(values: int) -> int:
    if values * FLOAT > limits().in_memory_bytes:
        return BLOCKS_BYTES
    return values * FLOAT * COPIES_OF_DATA
