"""Backbones: the kind of layers an encoder and its mirrored decoder are built from."""

from aecore.models.backbones._spec import BackboneSpec, Block, BuildContext
from aecore.specs import collect

BACKBONES: dict[str, BackboneSpec] = collect(__name__, __path__)

__all__ = ["BACKBONES", "BackboneSpec", "Block", "BuildContext"]
