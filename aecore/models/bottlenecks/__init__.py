"""Bottlenecks: what stands between encoder and decoder, one module each ending in a `SPEC`."""

from aecore.models.bottlenecks._spec import WATCHED, BottleneckSpec
from aecore.specs import collect

BOTTLENECKS: dict[str, BottleneckSpec] = collect(__name__, __path__)

__all__ = ["BOTTLENECKS", "WATCHED", "BottleneckSpec"]
