"""How far is a map, and where are its points by now?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from aecore.latent.maps.projection import Projection
from aecore.training.events import ENDINGS, Event


@dataclass(frozen=True)
class ProjectionView:
    """The job of a map as its events so far tell it; immutable.

    Attributes:
        state: `queued`, `running`, `finished`, `stopped`, `failed` or `interrupted`.
        iteration: iterations done.
        iterations: iterations asked for.
        points: (n, dimensions) float32, so far or in the end; None before the first.
        cause: what went wrong, for a failed or interrupted job.
        remedy: what to do about it.
    """

    state: str = "queued"
    iteration: int = 0
    iterations: int = 0
    points: np.ndarray | None = None
    cause: str = ""
    remedy: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDINGS

    def after(self, event: Event) -> ProjectionView:
        """The view with one more event."""
        return replace(self, **_changes(event))


def started(iterations: int) -> Event:
    """The job has begun."""
    return {"event": "started", "iterations": iterations}


def moved(iteration: int, points: np.ndarray) -> Event:
    """The points after so many iterations."""
    return {"event": "moved", "iteration": iteration, **_packed(points)}


def ended(projection: Projection, *, stopped: bool) -> Event:
    """The map is done, or stopped and as far as it got."""
    name = "stopped" if stopped else "finished"
    return {"event": name, "iteration": projection.iterations, **_packed(projection.points)}


def _packed(points: np.ndarray) -> dict[str, Any]:
    return {"shape": list(points.shape), "points": points.astype("<f4").tobytes()}


def _changes(event: Event) -> dict[str, Any]:
    name = event["event"]
    if name == "started":
        return {"state": "running", "iterations": event["iterations"]}
    plain = ("iteration", "cause", "remedy")
    changes: dict[str, Any] = {key: event[key] for key in plain if key in event}
    if "points" in event:
        changes["points"] = np.frombuffer(event["points"], "<f4").reshape(event["shape"])
    return changes | ({"state": name} if name in ENDINGS else {})
