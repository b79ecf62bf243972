"""`MapSettings`: what a map that takes a while depends on, beside the codes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

DIGEST_LENGTH = 12


@dataclass(frozen=True)
class MapSettings:
    """The same settings and codes give the same map.

    Attributes:
        method: one of `METHODS`.
        dimensions: 2 or 3.
        iterations: steps that move the points.
        seed: where the points start.
        own: the method's own settings by name, such as `perplexity` of t-SNE, in the order of
            their names.
    """

    method: str
    dimensions: int
    iterations: int
    seed: int
    own: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", tuple(sorted((str(k), v) for k, v in self.own)))

    @property
    def arguments(self) -> dict[str, Any]:
        """What `Method.draw` is given."""
        shared = {
            "dimensions": self.dimensions,
            "iterations": self.iterations,
            "seed": self.seed,
        }
        return {**shared, **dict(self.own)}

    @property
    def digest(self) -> str:
        """A short name: equal settings have the same, whether numbers are whole or not."""
        numbers = {name: float(value) for name, value in self.arguments.items()}
        text = json.dumps([self.method, numbers], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
