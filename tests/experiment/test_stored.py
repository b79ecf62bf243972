"""What can be read of kept experiments, however broken they are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from aecore.data import DATASETS
from aecore.experiment import Experiment
from aecore.experiment.stored import NOTHING_KEPT, StoredExperiment
from aecore.experiment.tree import ExperimentTree
from aecore.settings import controls, value_at, with_values
from tests.broken import OF_0_1, WHOLE, mangled


@pytest.mark.parametrize("source", DATASETS)
def test_a_whole_experiment_is_read_as_it_is(source: str) -> None:
    """Every option of it, for every data set."""
    experiment = Experiment(data={"source": source})
    kept = StoredExperiment.from_json(experiment.to_json())

    assert kept.is_whole and kept.notes == ()
    assert kept.draft() == kept.tree
    assert kept.valid() == experiment
    assert all(kept.knows(c.path) for c in controls(kept.tree))
    assert (kept.source, kept.epochs) == (source, experiment.training.epochs)


def test_an_earlier_shape_is_migrated() -> None:
    """As at any other border."""
    kept = StoredExperiment.from_dict(OF_0_1)

    assert kept.is_whole and Experiment.of(kept.tree) == Experiment()


@given(mangled)
def test_whatever_is_kept_is_read_as_far_as_it_goes(values: dict[str, Any]) -> None:
    """Never an error; what was read is valid, and what was not is told."""
    tree = {**WHOLE, **{path: value for path, value in values.items() if "." not in path}}
    for kept in (
        StoredExperiment.from_dict(values),
        StoredExperiment.from_dict(tree),
        StoredExperiment.from_json(json.dumps(tree)),
        StoredExperiment.from_dict(with_values(WHOLE, _in_groups(values))),
    ):
        assert ExperimentTree.model_validate(kept.values) == kept.tree
        assert kept.is_whole == (not kept.lost)
        assert isinstance(kept.draft(), ExperimentTree)
        assert all(note.endswith(".") for note in kept.notes)


def _in_groups(values: dict[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in values.items() if "." in path}


@pytest.mark.parametrize(
    "control",
    [c for c in controls(Experiment()) if c.kind not in ("names", "roles", "optional")],
    ids=lambda control: control.path,
)
def test_one_bad_option_costs_that_option_alone(control: Any) -> None:
    """All others are as they were, and one sentence names it; a bad kind costs its member."""
    kept = StoredExperiment.from_dict(with_values(WHOLE, {control.path: {"no": "such"}}))

    [told] = kept.lost
    assert control.path in told
    group = control.path.removesuffix(".kind")
    for other in controls(Experiment()):
        if not other.path.startswith(group):
            assert kept.knows(other.path)
            assert value_at(kept.tree, other.path) == value_at(Experiment(), other.path)


def test_what_is_missing_suits_the_data_in_the_form() -> None:
    """As in a new experiment; on screen it is not known."""
    kept = StoredExperiment.from_dict({"data": {"source": "breast-cancer"}})

    assert kept.encoding_dim is None and kept.loss is None and kept.epochs == 0
    assert Experiment.of(kept.draft()) == Experiment(data={"source": "breast-cancer"})


def test_nothing_is_not_taken_for_the_default() -> None:
    """A run that says nothing was not trained on MNIST for all we know."""
    for kept in (StoredExperiment(), StoredExperiment.from_dict({"x": 1})):
        assert NOTHING_KEPT in kept.lost and not kept.is_whole
        assert (kept.source, kept.scaling, kept.encoding_dim) == ("", "", None)
