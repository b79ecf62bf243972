"""Metrics of a finished run, one module each ending in a `SPEC`."""

from aecore.evaluation.metrics._spec import Measured, MetricSpec
from aecore.specs import collect

METRICS: dict[str, MetricSpec] = collect(__name__, __path__)


def measure(measured: Measured) -> dict[str, float]:
    """Every metric by name."""
    return {name: spec.compute(measured) for name, spec in METRICS.items()}


__all__ = ["METRICS", "Measured", "MetricSpec", "measure"]
