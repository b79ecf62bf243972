"""Planted defects: what makes rows odd on purpose, one a module ending in a `SPEC`."""

from aecore.evaluation.anomalies.planted._ground import Ground, learn_ground
from aecore.evaluation.anomalies.planted._spec import LEVELS, DefectSpec, Level
from aecore.specs import collect

DEFECTS: dict[str, DefectSpec] = collect(__name__, __path__)

__all__ = ["DEFECTS", "LEVELS", "DefectSpec", "Ground", "Level", "learn_ground"]
