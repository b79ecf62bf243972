"""What a member of a family can do stands on its spec: nobody outside asks for one by its name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest

from aecore.access import MODES
from aecore.data import DATASETS
from aecore.data.readers import READERS
from aecore.data.scalings import SCALINGS
from aecore.evaluation.anomalies.planted import DEFECTS
from aecore.evaluation.anomalies.thresholds import THRESHOLDS
from aecore.evaluation.metrics import METRICS
from aecore.evaluation.robustness.disturbances import DISTURBANCES
from aecore.experiment import Experiment
from aecore.experiment.presets import PRESETS
from aecore.latent.maps.methods import METHODS
from aecore.latent.neighbours import DISTANCES
from aecore.models.activations import HIDDEN_ACTIVATIONS, OUTPUT_ACTIVATIONS
from aecore.models.backbones import BACKBONES
from aecore.models.backbones.recurrent import CELLS
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.corruptions import CORRUPTIONS
from aecore.models.losses import LOSSES
from aecore.settings import controls
from aecore.training.optimizers import OPTIMIZERS
from aecore.training.schedules import SCHEDULES

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(p for folder in ("aecore", "ui", "pages") for p in (ROOT / folder).rglob("*.py"))
ASKING = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)
DIGITS = {"source": "digits"}
STAGES = {
    "data": "aecore/data/",
    "preprocessing": "aecore/data/",
    "model": "aecore/models/",
    "training": "aecore/training/",
}
# The variable that holds a family -> its members, and where they are at home.
FAMILIES: Mapping[str, tuple[Mapping[str, object], str]] = {
    "MODES": (MODES, "aecore/access/modes/"),
    "BACKBONES": (BACKBONES, "aecore/models/backbones/"),
    "CELLS": (CELLS, "aecore/models/backbones/"),
    "BOTTLENECKS": (BOTTLENECKS, "aecore/models/bottlenecks/"),
    "CORRUPTIONS": (CORRUPTIONS, "aecore/models/corruptions/"),
    "LOSSES": (LOSSES, "aecore/models/losses.py"),
    "HIDDEN_ACTIVATIONS": (HIDDEN_ACTIVATIONS, "aecore/models/activations.py"),
    "OUTPUT_ACTIVATIONS": (OUTPUT_ACTIVATIONS, "aecore/models/activations.py"),
    "SCALINGS": (SCALINGS, "aecore/data/scalings.py"),
    "DATASETS": (DATASETS, "aecore/data/sources/"),
    "READERS": (READERS, "aecore/data/readers/"),
    "OPTIMIZERS": (OPTIMIZERS, "aecore/training/optimizers.py"),
    "SCHEDULES": (SCHEDULES, "aecore/training/schedules.py"),
    "DEFECTS": (DEFECTS, "aecore/evaluation/anomalies/planted/"),
    "THRESHOLDS": (THRESHOLDS, "aecore/evaluation/anomalies/thresholds.py"),
    "METRICS": (METRICS, "aecore/evaluation/metrics.py"),
    "DISTURBANCES": (DISTURBANCES, "aecore/evaluation/robustness/disturbances/"),
    "METHODS": (METHODS, "aecore/latent/maps/"),
    "DISTANCES": (DISTANCES, "aecore/latent/neighbours.py"),
    "PRESETS": (PRESETS, "aecore/experiment/presets.py"),
}


def homes() -> dict[str, set[str]]:
    """Each name -> where it may be asked for.

    The choices of an option that has no family of its own are known to its stage.
    """
    found: dict[str, set[str]] = {}
    for members, home in FAMILIES.values():
        for name in members:
            found.setdefault(name, set()).add(home)
    for backbone, bottleneck in product(BACKBONES, BOTTLENECKS):
        kinds = {"backbone": {"kind": backbone}, "bottleneck": {"kind": bottleneck}}
        for control in controls(Experiment.from_dict({"data": DIGITS, "model": kinds})):
            names = {choice.value for choice in control.choices}
            if not any(names <= members.keys() for members, _ in FAMILIES.values()):
                for name in names:
                    found.setdefault(name, set()).add(STAGES[control.path.split(".")[0]])
    return found


HOMES = homes()


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression is or holds."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for item in node.elts:
            yield from texts(item)


def asked_for(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts that code compares with, matches, or looks up in a family, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ASKING):
            for part in (node.left, *node.comparators):
                yield from ((node.lineno, text) for text in texts(part))
        elif isinstance(node, ast.MatchValue):
            yield from ((node.value.lineno, text) for text in texts(node.value))
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            if node.value.id in FAMILIES:
                yield from ((node.lineno, text) for text in texts(node.slice))
        elif isinstance(node, ast.Dict):
            yield from ((node.lineno, text) for text in _of_one_family(node))


def _of_one_family(node: ast.Dict) -> list[str]:
    """The keys of a dictionary that says something of several members of a family."""
    keys = [text for key in node.keys if key is not None for text in texts(key)]
    if len(keys) < 2 or len(keys) < len(node.keys):
        return []
    return keys if any(set(keys) <= members.keys() for members, _ in FAMILIES.values()) else []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_asks_for_a_member_by_its_name(path: Path) -> None:
    """Outside of its family; presets and defaults name members as values, and ask nothing."""
    own = str(path.relative_to(ROOT))
    asked = [
        (line, text)
        for line, text in asked_for(ast.parse(path.read_text(encoding="utf-8")))
        if text in HOMES and not own.startswith(tuple(HOMES[text]))
    ]
    assert not asked


def test_a_question_by_name_is_seen() -> None:
    """In each of the ways in which one can be put."""
    code = """
if kind == "variational": ...
if "none" != scaling: ...
if loss in ("mse", "mae"): ...
match split:
    case "ordered": ...
LOSSES["huber"]
{"tsne": 1, "umap": 2}
{"kind": "plain", "loss": "mse"}
"""
    found = [text for _, text in asked_for(ast.parse(code)) if text in HOMES]
    assert sorted(found) == sorted(
        ["variational", "none", "mse", "mae", "ordered", "huber", "tsne", "umap"]
    )
