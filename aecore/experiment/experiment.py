"""The one description of a run: the form edits it, a link carries it, a run keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError, model_validator

from aecore.errors import DataError, ExperimentError, Problem
from aecore.experiment.defaults import with_suited_defaults
from aecore.experiment.incompatibilities import incompatibilities
from aecore.experiment.migration import migrated
from aecore.experiment.tree import ExperimentTree
from aecore.experiment.validation_messages import problem_of
from aecore.models.assembly import Layer, layers
from aecore.settings import with_values


class Experiment(ExperimentTree):
    """A run from data to trained autoencoder; immutable, and valid once it exists.

    Every field has a default that suits the data set, so `Experiment(data={"source": "digits"})`
    is complete. Use `from_dict` or `from_json` for input from people: they raise
    `ExperimentError` with sentences; the constructor raises pydantic's `ValidationError` for a
    single field and `ExperimentError` for parts that do not go together.
    """

    @model_validator(mode="before")
    @classmethod
    def _fill_in_what_suits_the_data(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return with_suited_defaults(given)

    @model_validator(mode="after")
    def _check_that_the_parts_fit(self) -> Experiment:
        problems = list(incompatibilities(self))
        if problems:
            raise ExperimentError(problems)
        return self

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Experiment:
        """An experiment from plain data, as JSON holds it, of this or an earlier shape.

        Raises:
            ExperimentError: with one sentence for each problem, and its field's path.
        """
        try:
            return cls.model_validate(migrated(given))
        except ValidationError as error:
            raise ExperimentError([problem_of(details) for details in error.errors()]) from None
        except DataError as error:
            raise ExperimentError([Problem("data.source", str(error))]) from None

    @classmethod
    def of(cls, tree: ExperimentTree) -> Experiment:
        """The experiment whose options are those of a tree, such as the form's.

        Raises:
            ExperimentError: they do not go together.
        """
        return cls.from_dict(tree.to_dict())

    @classmethod
    def from_json(cls, text: str | bytes) -> Experiment:
        """An experiment from JSON text.

        Raises:
            ExperimentError: it is no JSON object, or as `from_dict`.
        """
        try:
            given = json.loads(text)
        except (ValueError, RecursionError) as error:
            message = f"This is not valid JSON ({error}). Check it with a JSON editor."
            raise ExperimentError([Problem("", message)]) from None
        if not isinstance(given, dict):
            message = 'An experiment must be a JSON object, such as {"data": {…}}.'
            raise ExperimentError([Problem("", message)])
        return cls.from_dict(given)

    def replace(self, changes: Mapping[str, Any]) -> Experiment:
        """The same experiment with some fields changed, given as dotted path -> value.

        Raises:
            ExperimentError: the changed experiment is not valid.
        """
        return Experiment.from_dict(with_values(self.to_dict(), changes))

    def layers(self) -> list[Layer]:
        """The model's layers with shapes and parameter counts, without importing Keras."""
        return layers_of(self)


def layers_of(tree: ExperimentTree) -> list[Layer]:
    """The layers of the model that a tree describes, also where the rest does not go together.

    Raises:
        ExperimentError: the model cannot be built for this data.
        DataError: nobody knows what is in this data.
    """
    problems = [p for p in incompatibilities(tree) if p.path.startswith("model.")]
    if problems:
        raise ExperimentError(problems)
    return layers(tree.design, tree.facts.sample_shape)
