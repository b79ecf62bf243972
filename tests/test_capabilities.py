"""What a member of a family can do stands on its spec: nobody outside asks for one by its name."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aecore.data import DATASETS
from aecore.data.readers import READERS
from aecore.data.scalings import SCALINGS
from aecore.evaluation.metrics import METRICS
from aecore.experiment.presets import PRESETS
from aecore.latent.maps.methods import METHODS
from aecore.models.activations import HIDDEN_ACTIVATIONS, OUTPUT_ACTIVATIONS
from aecore.models.backbones import BACKBONES
from aecore.models.backbones.recurrent import CELLS
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.corruptions import CORRUPTIONS
from aecore.models.losses import LOSSES
from aecore.training.optimizers import OPTIMIZERS
from aecore.training.schedules import SCHEDULES

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(
    path for folder in ("aecore", "ui", "pages") for path in (ROOT / folder).rglob("*.py")
)
COMPARISONS = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)


@dataclass(frozen=True)
class Family:
    """Names, and the file or folder in which they may be asked for."""

    home: str
    names: frozenset[str]


# The variable that holds a family -> where it is at home, and its members.
FAMILIES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "BACKBONES": ("aecore/models/backbones", BACKBONES),
    "CELLS": ("aecore/models/backbones", CELLS),
    "BOTTLENECKS": ("aecore/models/bottlenecks", BOTTLENECKS),
    "CORRUPTIONS": ("aecore/models/corruptions", CORRUPTIONS),
    "LOSSES": ("aecore/models/losses.py", LOSSES),
    "HIDDEN_ACTIVATIONS": ("aecore/models/activations.py", HIDDEN_ACTIVATIONS),
    "OUTPUT_ACTIVATIONS": ("aecore/models/activations.py", OUTPUT_ACTIVATIONS),
    "SCALINGS": ("aecore/data/scalings.py", SCALINGS),
    "DATASETS": ("aecore/data/sources", DATASETS),
    "READERS": ("aecore/data/readers", READERS),
    "OPTIMIZERS": ("aecore/training/optimizers.py", OPTIMIZERS),
    "SCHEDULES": ("aecore/training/schedules.py", SCHEDULES),
    "METRICS": ("aecore/evaluation/metrics.py", METRICS),
    "METHODS": ("aecore/latent/maps", METHODS),
    "PRESETS": ("aecore/experiment/presets.py", PRESETS),
}
