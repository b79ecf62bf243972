"""Stops: when training ends, and which epoch's weights are kept; one a module, with a `SPEC`."""

from aecore.specs import collect
from aecore.training.stops._spec import KeepsWeights, StopSpec

STOPS: dict[str, StopSpec] = collect(__name__, __path__)

__all__ = ["STOPS", "KeepsWeights", "StopSpec"]
