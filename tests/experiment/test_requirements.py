"""What the form offers can be had, and what cannot be had is not offered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from aecore.errors import Problem
from aecore.experiment import Experiment
from aecore.experiment.available_options import available_options
from aecore.experiment.incompatibilities import incompatibilities
from aecore.experiment.requirements import REQUIREMENTS, refused, unmet
from aecore.experiment.tree import ExperimentTree
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.settings import Control, controls, value_at, with_values
from tests.data.test_shards import frame, shards

# Pictures, tables with and without classes, series, windows of a stream, texts.
SOURCES = (
    "digits",
    "cifar-10",
    "breast-cancer",
    "diabetes",
    "ecg-like",
    "sensor-stream",
    "20newsgroups",
)
IN_PARTS = "in parts"
ROLES_IN_PARTS = {"note": "ignore", "moment": "ignore", "n2": "ignore"}
# What else may have been chosen before, one after another.
CHOSEN_BEFORE: tuple[dict[str, Any], ...] = (
    {},
    {"data.validation_fraction": 0.0},
    {"preprocessing.scaling": "none", "training.loss": "mse"},
    {"preprocessing.scaling": "standardize", "training.loss": "binary_crossentropy"},
    {"preprocessing.scaling": "min-max", "training.loss": "binary_crossentropy"},
    {"model.output_activation": "sigmoid", "model.encoding_dim": 2},
    {
        "model.output_activation": "linear",
        "model.encoding_dim": 64,
        "model.penalties.ordered": True,
    },
    {"model.penalties.kl_sparsity": 0.1},
    {"model.conditional": True, "model.penalties.dropout": 0.2},
    {"model.backbone.units": [], "model.backbone.tied": False},
    {"model.backbone.tied": True},
    {"model.backbone.layout": "map"},
    {"model.bottleneck.decoder_variance": "fixed"},
)


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Parquet files, which is read in parts."""
    return Path(shards(tmp_path_factory.mktemp("parts") / "table", frame()))


def tree_of(changes: dict[str, Any]) -> ExperimentTree:
    """An experiment as the form holds it: its parts may not go together."""
    given = with_values({}, changes)
    return ExperimentTree.completed(given)


def tree_with(tree: ExperimentTree, path: str, value: Any) -> ExperimentTree:
    """The same with another value, as an edit in the form makes it."""
    given = with_values(tree.model_dump(mode="json"), {path: value})
    return ExperimentTree.completed(given)


def trees(in_parts: Path, backbone: str, bottleneck: str) -> Iterator[ExperimentTree]:
    """All kinds of data with these parts, each with something else chosen before."""
    kinds = {"model.backbone.kind": backbone, "model.bottleneck.kind": bottleneck}
    for i, (source, chosen) in enumerate(product((*SOURCES, IN_PARTS), CHOSEN_BEFORE)):
        # Each source and each choice comes with each kind of part, in a seventh of all pairs.
        if (i + len(backbone) + len(bottleneck)) % 7:
            continue
        data: dict[str, Any] = {"data.source": source}
        if source == IN_PARTS:
            data = {"data.source": str(in_parts), "data.roles": ROLES_IN_PARTS}
        known = {c.path for c in controls(tree_of({**data, **kinds}))}
        yield tree_of({**data, **kinds, **(chosen if chosen.keys() <= known else {})})


def values_of(control: Control) -> list[Any]:
    """What an offered option can be set to: its choices, or on."""
    if control.kind == "choice":
        return [choice.value for choice in control.choices]
    if control.kind == "optional" and control.group is not None:
        return [control.group().model_dump(mode="json")]
    if control.start is not None:
        return [control.start]
    return [True] if control.kind == "boolean" else []


def problem_at(tree: ExperimentTree, path: str) -> Problem | None:
    """What is said of an option, if anything."""
    return next((p for p in incompatibilities(tree) if p.path == path), None)


def is_refused(path: str, value: Any, tree: ExperimentTree) -> bool:
    """Whether an edit of an option is refused under that option's own path."""
    return problem_at(tree_with(tree, path, value), path) is not None


@pytest.mark.parametrize("bottleneck", BOTTLENECKS)
@pytest.mark.parametrize("backbone", BACKBONES)
def test_what_is_offered_can_be_had_and_nothing_else_is_refused(
    in_parts: Path, backbone: str, bottleneck: str
) -> None:
    """Over all kinds of data and parts: an option's value is offered just if it is not refused.

    What is chosen already is offered in any case; what would do nothing is not, and is accepted.
    """
    for tree in trees(in_parts, backbone, bottleneck):
        for control in controls(tree):
            offered, now = available_options(tree, control), value_at(tree, control.path)
            possible = values_of(offered) if offered is not None else []
            for value in values_of(control):
                if control.path == "data.source" or value == now:
                    continue
                refused_now = is_refused(control.path, value, tree)
                told = tree.data.source, control.path, value
                assert not (refused_now and value in possible), told
                missing = unmet(tree, control.path, value)
                assert refused_now == (missing is not None and missing.refusal is not None), told


def test_what_is_refused_can_be_seen_and_undone(in_parts: Path) -> None:
    """Each refusal stands under an option that the form offers in that very state."""
    seen = set()
    for backbone, bottleneck in (("dense", "plain"), ("convolutional", "vector-quantized")):
        for tree in trees(in_parts, backbone, bottleneck):
            by_path = {control.path: control for control in controls(tree)}
            for problem in refused(tree):
                seen.add(problem.path)
                offered = available_options(tree, by_path[problem.path])
                assert offered is not None, problem
                assert offered.kind != "choice" or len(offered.choices) > 1, problem
    assert {"training.loss", "model.backbone.kind", "model.conditional"} <= seen


def test_every_requirement_is_of_an_option() -> None:
    """No row is of a path that no experiment has."""
    everywhere = {
        control.path
        for backbone, bottleneck in product(BACKBONES, BOTTLENECKS)
        for control in controls(
            tree_of({"model.backbone.kind": backbone, "model.bottleneck.kind": bottleneck})
        )
    }
    of_groups = {"model.penalties.sparsity_target"}
    assert set(REQUIREMENTS) <= everywhere | of_groups


def test_choices_that_cannot_be_had_are_left_out_with_the_reason() -> None:
    """A standardised table: losses for values from 0 to 1 are not offered, and it is said why."""
    table = Experiment.from_dict({"data": {"source": "breast-cancer"}})
    [loss] = [c for c in controls(table) if c.path == "training.loss"]

    offered = available_options(table, loss)

    assert offered is not None
    assert [choice.value for choice in offered.choices] == ["mse", "mae", "huber"]
    crossentropy, ssim = offered.left_out
    assert crossentropy == (
        "Binary cross-entropy needs values from 0 to 1, and standardised values lie outside."
    )
    assert ssim == "Structural similarity compares images, and this data set holds tables."
