"""What every bottleneck declares."""

from __future__ import annotations

from dataclasses import dataclass

from aecore.settings import Settings


@dataclass(frozen=True)
class BottleneckSpec:
    """One kind of bottleneck: its name, title, one sentence, settings and source."""

    name: str
    title: str
    summary: str
    settings: type[Settings]
    source: str
    order: int = 100
