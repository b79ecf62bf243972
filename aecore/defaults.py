"""What suits a data set: defaults for whatever an experiment leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aecore.data import Facts, facts

MANY_FEATURES = 256
MANY_ROWS = 2_000
VERY_MANY_ROWS = 20_000


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
    epochs, batch_size = _pace(facts.rows)
    units = [256, 128] if large else [max(4, facts.features // 2)]
    return {
        "preprocessing": {"scaling": scaling},
        "model": {
            "encoding_dim": 32 if large else max(1, facts.features // 8),
            "backbone": {"kind": "dense", "units": units},
        },
        "training": {
            "loss": "binary_crossentropy" if bounded and scaling == "min-max" else "mse",
            "epochs": epochs,
            "batch_size": batch_size,
        },
    }


def _pace(rows: int) -> tuple[int, int]:
    """Epochs and batch size that beat PCA on the bundled sets within half a minute."""
    if rows >= VERY_MANY_ROWS:
        return 20, 256
    return (50, 64) if rows >= MANY_ROWS else (100, 32)
