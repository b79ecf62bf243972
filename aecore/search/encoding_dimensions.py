"""Experiments that tell which encoding dimension to take: one of all, and one of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aecore.errors import DataError
from aecore.experiment import Experiment

# A code this long shows where the error no longer falls, on most data.
LONG = 32
MOST_TRAININGS, MOST_SEEDS = 40, 10


def longest(experiment: Experiment) -> int:
    """The encoding dimension of an ordered run: LONG or more, where a sample has as many values."""
    return max(experiment.model.encoding_dim, min(LONG, experiment.facts.features))


def ladder(encoding_dim: int) -> tuple[int, ...]:
    """Powers of two up to an encoding dimension, and the dimension itself."""
    found = [2**power for power in range(encoding_dim.bit_length())]
    return tuple(sorted({*found, encoding_dim}))


def ordered(experiment: Experiment, encoding_dim: int) -> Experiment:
    """The experiment with an ordered code of so many numbers: one training for all shorter ones.

    Raises:
        ExperimentError: its code cannot be ordered, with the reason.
    """
    return experiment.replace({"model.encoding_dim": encoding_dim, "model.penalties.ordered": True})


def separate(experiment: Experiment, dimensions: Sequence[int], seeds: int) -> Iterator[Experiment]:
    """The experiment at each encoding dimension, all of them from one seed before the next.

    Raises:
        DataError: that is no training, or too many.
        ExperimentError: one of the dimensions does not go together with the rest.
    """
    asked = sorted(set(dimensions))
    trainings = len(asked) * seeds
    if not 1 <= trainings <= MOST_TRAININGS or seeds > MOST_SEEDS:
        raise DataError(
            f"{len(asked)} encoding dimensions from {seeds} seeds each are {trainings} trainings; "
            f"there can be 1 to {MOST_TRAININGS}, from {MOST_SEEDS} seeds at most.",
            "Choose fewer dimensions or fewer seeds.",
        )
    unordered = experiment.replace({"model.penalties.ordered": False})
    for seed in range(seeds):
        for dimension in asked:
            yield unordered.replace(
                {"model.encoding_dim": dimension, "seed": (experiment.seed + seed) % 2**31}
            )
