"""Detectors to compare with, one a module ending in a `SPEC`; none of them is an autoencoder."""

from aecore.evaluation.anomalies.detectors._spec import DetectorSpec, Expecter, Scorer
from aecore.specs import collect

DETECTORS: dict[str, DetectorSpec] = collect(__name__, __path__)

__all__ = ["DETECTORS", "DetectorSpec", "Expecter", "Scorer"]
