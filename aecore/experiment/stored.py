"""`StoredExperiment`: what can be read of the experiment that a run kept, whatever stands there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from aecore.errors import ExperimentError, Problem
from aecore.experiment.experiment import Experiment
from aecore.experiment.migration import Tree, migrated
from aecore.experiment.tree import ExperimentTree
from aecore.experiment.validation_messages import UNKNOWN_FIELD, path_of, problem_of
from aecore.models.losses import LOSSES, LossSpec

# A list of runs is read again and again, and what a run kept of its experiment hardly ever changes.
KEPT = 1024
NOTHING_KEPT = "The run does not say what it was trained with."
DAMAGED = "What the run kept of its settings is damaged."
# Sentences and names that are told one by one, and letters of a name.
MOST_TOLD = 4
LONGEST_NAME = 60
# A member's option is found once its kind is right, and its kind once it is a group.
MOST_PASSES = 10


@dataclass(frozen=True)
class StoredExperiment:
    """The options that could be read, each valid by itself, and what could not.

    Attributes:
        values: the options that could be read, as plain data of today's shape.
        tree: the same, those that could not be read at their defaults.
        lost: why some could not be read, in sentences.
        unknown: names that this version has no option for.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    tree: ExperimentTree = field(default_factory=ExperimentTree)
    lost: tuple[str, ...] = (NOTHING_KEPT,)
    unknown: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, given: object) -> StoredExperiment:
        """What can be read of plain data of any shape; never raises."""
        if not isinstance(given, Mapping):
            return cls(lost=(DAMAGED,))
        if not given:
            return cls()
        try:
            return _sorted_out(migrated(given))
        except ExperimentError as error:
            return cls(lost=tuple(problem.message for problem in error.problems))

    @classmethod
    def from_json(cls, text: str) -> StoredExperiment:
        """What can be read of JSON text; never raises."""
        return _of_text(text)

    @property
    def is_whole(self) -> bool:
        """Whether every option that this version has is as the run was trained with."""
        return not self.lost

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read, in sentences; of many, the first."""
        told = list(self.lost[:MOST_TOLD])
        if len(self.lost) > MOST_TOLD:
            told.append(f"{len(self.lost) - MOST_TOLD} more settings cannot be read.")
        if self.unknown:
            named = ", ".join(name[:LONGEST_NAME] for name in self.unknown[:MOST_TOLD])
            more = len(self.unknown) - MOST_TOLD
            told.append(
                f"This version has no option named {named}{f', nor {more} more' * (more > 0)}."
            )
        return tuple(told)

    def knows(self, path: str) -> bool:
        """Whether the option or group under a dotted path could be read."""
        value: Any = self.values
        for name in path.split("."):
            if not isinstance(value, Mapping) or name not in value:
                return False
            value = value[name]
        return True

    @property
    def source(self) -> str:
        """What names the data set; empty if that is not known."""
        return self.tree.data.source if self.knows("data.source") else ""

    @property
    def encoding_dim(self) -> int | None:
        """How many numbers a code has; None if that is not known."""
        return self.tree.model.encoding_dim if self.knows("model.encoding_dim") else None

    @property
    def scaling(self) -> str:
        """The name of the scaling; empty if that is not known."""
        known = self.knows("preprocessing.scaling")
        return self.tree.preprocessing.scaling if known else ""

    @property
    def loss(self) -> LossSpec | None:
        """What was minimised; None if that is not known."""
        return LOSSES[self.tree.training.loss] if self.knows("training.loss") else None

    @property
    def epochs(self) -> int:
        """The epochs that were asked for; 0 if that is not known."""
        return self.tree.training.epochs if self.knows("training.epochs") else 0

    def valid(self) -> Experiment:
        """The experiment as it was trained.

        Raises:
            ExperimentError: some options could not be read, or do not go together.
        """
        if self.lost:
            raise ExperimentError([Problem("", sentence) for sentence in self.lost])
        return Experiment.of(self.tree)

    def draft(self) -> ExperimentTree:
        """The options that could be read; all others suit the data, as in a new experiment."""
        return ExperimentTree.completed(self.values)


@lru_cache(maxsize=KEPT)
def _of_text(text: str) -> StoredExperiment:
    if not text.strip():
        return StoredExperiment()
    try:
        return StoredExperiment.from_dict(json.loads(text))
    except (ValueError, RecursionError):
        return StoredExperiment(lost=(DAMAGED,))


def _sorted_out(values: Tree) -> StoredExperiment:
    """Leaves out what no option takes, until nothing is left that pydantic refuses."""
    lost: list[str] = []
    unknown: list[str] = []
    for _ in range(MOST_PASSES):
        try:
            tree = ExperimentTree.model_validate(values)
            told = lost if values else [*lost, NOTHING_KEPT]
            return StoredExperiment(values, tree, tuple(told), tuple(unknown))
        except ValidationError as error:
            for details in error.errors(include_url=False):
                problem = problem_of(details)
                if details["type"] == UNKNOWN_FIELD:
                    unknown.append(problem.path)
                else:
                    lost.append(problem.message)
                values = _without(values, path_of(details["loc"]))
    return StoredExperiment(lost=(DAMAGED,))


def _without(tree: Mapping[str, Any], place: Sequence[str]) -> Tree:
    """The tree without the innermost entry on the way to an option."""
    if not place:
        return dict(tree)
    name, rest = place[0], place[1:]
    if name not in tree:
        return dict(tree)
    inner = tree[name]
    if rest and isinstance(inner, Mapping):
        return {**tree, name: _without(inner, rest)}
    return {key: value for key, value in tree.items() if key != name}
