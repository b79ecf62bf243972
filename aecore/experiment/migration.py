"""`migrated`: an experiment of any earlier shape as plain data of today's shape.

The JSON form of an experiment carries the number of its shape as `version`. Versions up to 0.4
wrote none: what they wrote is taken through all steps, each of which leaves alone what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aecore.errors import ExperimentError, Problem

# As JSON and as an address have what is off.
OFF = (None, "none")

Tree = dict[str, Any]
Step = Callable[[Tree], Tree]

KEY = "version"
FIRST = 1


def _to_shape_2(tree: Tree) -> Tree:
    """0.2 brought corruptions, penalties, schedules, clipping and models that know the class."""
    penalties = ("l1", "l2", "dropout", "activity_l1", "kl_sparsity", "k_sparse", "contractive")
    return _with_added(
        tree,
        {
            "model": {
                "conditional": False,
                "corruption": {"kind": "none"},
                "penalties": {
                    **dict.fromkeys(penalties),
                    "batch_normalization": False,
                    "sparsity_target": 0.05,
                },
            },
            "training": {"schedule": "constant", "clip_norm": None},
        },
    )


def _to_shape_3(tree: Tree) -> Tree:
    """0.3 brought roles, classes and fewer rows, gaps and categories, pictures' sizes, windows."""
    return _with_added(
        tree,
        {
            "data": {"roles": {}, "classes": [], "rows": None},
            "preprocessing": {
                "missing": "median",
                "max_categories": 20,
                "image_size": None,
                "colour": "keep",
                "window_length": 64,
                "window_stride": 16,
            },
        },
    )


def _to_shape_4(tree: Tree) -> Tree:
    """After 0.4 came what steadies adversarial autoencoders; a run that names all their options
    was trained without it.
    """
    model = tree.get("model")
    if not isinstance(model, Mapping):
        return tree
    bottleneck = model.get("bottleneck")
    if not isinstance(bottleneck, Mapping) or "discriminator_units" not in bottleneck:
        return tree
    without = {"gradient_penalty": 0.0, "mmd_weight": 0.0}
    return {**tree, "model": {**model, "bottleneck": {**without, **bottleneck}}}


def _to_shape_5(tree: Tree) -> Tree:
    """After 0.4 a stop became a choice of several, and rows could be held out to calibrate."""
    tree = _with_added(
        tree,
        {
            "data": {
                "calibration_fraction": 0.0,
                "contamination": None,
                "left_out_rows": "",
                "forced_rows": "",
            }
        },
    )
    training = tree.get("training")
    if not isinstance(training, Mapping):
        return tree
    rest = {name: value for name, value in training.items() if name != "early_stopping"}
    early = training.get("early_stopping")
    if isinstance(early, Mapping):
        stop: Any = {"kind": "validation", "patience": 10, **early}
    else:
        # What is neither off nor a group is told of where it is checked.
        stop = {"kind": "epochs"} if early in OFF else early
    return {**tree, "training": {"stop": stop, **rest}}


# The step at place i leads from shape i + 1 to shape i + 2. A step takes whatever stands in a
# file, a database or an address: values may be of any type, and those of an address are text.
STEPS: tuple[Step, ...] = (_to_shape_2, _to_shape_3, _to_shape_4, _to_shape_5)
VERSION = FIRST + len(STEPS)
BEYOND_BELIEF = 1_000_000


def migrated(given: Mapping[str, Any]) -> Tree:
    """Plain data of today's shape, without its version, from data of this or an earlier shape.

    Raises:
        ExperimentError: its shape is a newer one, or its version is no number.
    """
    tree = {name: value for name, value in given.items() if name != KEY}
    for step in STEPS[_version_of(given) - FIRST :]:
        tree = step(tree)
    return tree


def _version_of(given: Mapping[str, Any]) -> int:
    version = given.get(KEY, FIRST)
    if type(version) is not int or not FIRST <= version < BEYOND_BELIEF:
        message = (
            f"{KEY} must be a whole number from {FIRST} to {VERSION}. Remove it or correct it."
        )
        raise ExperimentError([Problem(KEY, message)])
    if version > VERSION:
        message = (
            f"This experiment was written by a newer version of Autoencoder Lab: its shape has "
            f"the number {version}, and this version knows shapes up to {VERSION}. "
            "Update Autoencoder Lab."
        )
        raise ExperimentError([Problem(KEY, message)])
    return version


def _with_added(tree: Tree, groups: Mapping[str, Mapping[str, Any]]) -> Tree:
    """What options that came later stood for before there were any, in the groups that are there.

    A group that is not there says nothing, so that all of it suits the data.
    """
    present = {name: tree[name] for name in groups if isinstance(tree.get(name), Mapping)}
    return {**tree, **{name: {**groups[name], **own} for name, own in present.items()}}
