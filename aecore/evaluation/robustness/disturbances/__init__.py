"""Disturbances: what may happen to a sample before a trained model sees it, by strength."""

from __future__ import annotations

from aecore.data.dataset import Kind
from aecore.evaluation.robustness.disturbances._ground import Ground
from aecore.evaluation.robustness.disturbances._spec import DisturbanceSpec
from aecore.specs import collect

DISTURBANCES: dict[str, DisturbanceSpec] = collect(__name__, __path__)


def of_kind(kind: Kind) -> tuple[DisturbanceSpec, ...]:
    """Those that suit a kind of data; none for some."""
    return tuple(spec for spec in DISTURBANCES.values() if kind in spec.kinds)


__all__ = ["DISTURBANCES", "DisturbanceSpec", "Ground", "of_kind"]
