"""What suits a data set: defaults for whatever an experiment leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aecore.data import Facts, facts

MANY_FEATURES = 256
MANY_ROWS = 2000


def with_suited_defaults(given: Mapping[str, Any]) -> dict[str, Any]:
    """`given` with what it leaves open filled in from the data set's facts."""
    tree = {name: dict(v) if isinstance(v, Mapping) else v for name, v in given.items()}
    data = tree.get("data", {})
    source = data.get("source", "mnist-5k") if isinstance(data, dict) else None
    if not isinstance(source, str) or not source:
        return tree
    return _filled(tree, _suited_defaults(facts(source), tree))


def _filled(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """`given` with what it lacks, group by group."""
    filled = {**defaults, **given}
    for name, default in defaults.items():
        if isinstance(default, Mapping) and isinstance(filled[name], Mapping):
            filled[name] = _filled(filled[name], default)
    return filled


def _suited_defaults(facts: Facts, given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    bounded = facts.kind == "image" or facts.bytes_of_grey
    preprocessing = given.get("preprocessing", {})
    scaling = "min-max" if bounded else "standardize"
    if isinstance(preprocessing, dict):
        scaling = preprocessing.get("scaling", scaling)
    large = facts.features >= MANY_FEATURES
    many = facts.rows >= MANY_ROWS
    units = [128, 64] if large else [max(4, facts.features // 2)]
    return {
        "preprocessing": {"scaling": scaling},
        "model": {
            "encoding_dim": 32 if large else max(1, facts.features // 8),
            "backbone": {"kind": "dense", "units": units},
        },
        "training": {
            "loss": "binary_crossentropy" if bounded and scaling == "min-max" else "mse",
            "epochs": 20 if many else 100,
            "batch_size": 256 if many else 32,
        },
    }
