"""Are runs told from each other by what they are, and by what they differ in?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aecore.experiment import Experiment
from aecore.experiment.stored import StoredExperiment
from aecore.runs.layout import RunSummary, default_name
from aecore.runs.telling_apart import differences, in_few_words, told_options

DIGITS = {"source": "digits"}


def run(run_id: str, **tree: Any) -> RunSummary:
    """A run of digits with some options set."""
    experiment = Experiment.from_dict({"data": DIGITS, **tree})
    return RunSummary(
        run_id,
        default_name(experiment),
        "finished",
        datetime.now(UTC),
        experiment=StoredExperiment.from_dict(experiment.to_dict()),
    )


def test_a_run_is_told_in_few_words() -> None:
    """Layers, bottleneck where it is out of the ordinary, code and epochs; its name as well."""
    plain = run("a", model={"encoding_dim": 16}, training={"epochs": 1})
    variational = run("b", model={"encoding_dim": 16, "bottleneck": {"kind": "variational"}})

    assert in_few_words(plain.experiment) == "Dense · code 16 · 1 epoch"
    assert in_few_words(variational.experiment).startswith("Dense · variational · code 16 · ")
    assert plain.name == "digits, code 16"
    assert variational.name == "digits, variational, code 16"


def test_of_a_run_that_cannot_be_read_nothing_is_told() -> None:
    """No default passes for what it was trained with."""
    assert in_few_words(StoredExperiment()) == ""
    assert told_options(StoredExperiment()) == []


def test_a_run_differs_from_the_one_most_like_it() -> None:
    """Not from all others; of another data set, nothing is compared."""
    own = run("own", training={"learning_rate": 0.01}, seed=3)
    near = run("near", training={"learning_rate": 0.01}, seed=4)
    far = run("far", training={"learning_rate": 0.02, "batch_size": 8}, seed=5)
    foreign = RunSummary("foreign", "x", "finished", datetime.now(UTC))

    assert differences(own, [own, far, near]) == ["Seed 3"]
    assert differences(own, [own, far]) == ["Learning rate 0.01", "Batch size 32", "Seed 3"]
    assert differences(own, [own, foreign]) == []


def test_options_that_were_changed_carry_their_default() -> None:
    """All are told; those at their defaults without one."""
    told = {option.path: option for option in told_options(run("a", seed=7).experiment)}

    assert (told["seed"].value, told["seed"].default) == ("7", "0")
    assert (told["training.optimizer"].value, told["training.optimizer"].default) == ("Adam", "")
