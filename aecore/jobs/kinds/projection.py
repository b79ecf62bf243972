"""Drawing a map of a run's codes by a method that moves the points step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from aecore.access.allowance import MAPS
from aecore.errors import LabError
from aecore.jobs.kind import Claims, JobKind, Work
from aecore.latent.maps.methods import METHODS
from aecore.latent.maps.settings import MapSettings
from aecore.latent.maps.stored import StoredMap
from aecore.progress import Event, JobView, ended, started
from aecore.runs.maps import keep_map


@dataclass(frozen=True)
class MapRequest:
    """Which run's codes to draw, and how."""

    run_id: str
    settings: MapSettings


@dataclass(frozen=True)
class ProjectionView(JobView):
    """The job of a map as its events so far tell it; immutable.

    Attributes:
        iteration: iterations done.
        iterations: iterations asked for.
        points: (n, dimensions) float32, so far or in the end; None before the first.
    """

    iteration: int = 0
    iterations: int = 0
    points: np.ndarray | None = None

    @property
    def share_done(self) -> float | None:
        """Iterations done of those asked for, from 0 to 1; None before the first frame."""
        return self.iteration / self.iterations if self.iteration and self.iterations else None

    def changes(self, event: Event) -> dict[str, Any]:
        """Where the points are after how many iterations."""
        changes: dict[str, Any] = {
            key: event[key] for key in ("iteration", "iterations") if key in event
        }
        if "points" in event:
            changes["points"] = np.frombuffer(event["points"], "<f4").reshape(event["shape"])
        return changes


def moved(iteration: int, points: np.ndarray) -> Event:
    """The points after so many iterations."""
    return {"event": "moved", "iteration": iteration, **_packed(points)}


def _packed(points: np.ndarray) -> dict[str, Any]:
    return {"shape": list(points.shape), "points": points.astype("<f4").tobytes()}


def _work(work: Work, request: MapRequest) -> Event:
    """Draw the map and keep it with its run, whole or as far as it came."""
    settings = request.settings
    work.tell(started(iterations=settings.iterations))

    def on_progress(iteration: int, points: np.ndarray) -> None:
        if work.is_due():
            work.tell(moved(iteration, points))

    projection = METHODS[settings.method].draw(
        work.store.samples(request.run_id).code,
        **settings.arguments,
        on_progress=on_progress,
        should_stop=work.should_stop,
    )
    drawn = StoredMap(settings, projection.points, projection.iterations, projection.divergence)
    last = {"iteration": drawn.iterations, **_packed(drawn.points)}
    try:
        if drawn.iterations:
            keep_map(work.store, request.run_id, drawn)
    except LabError as error:
        # What was drawn is not lost with what cannot be written: the page shows both.
        return ended("failed", cause=error.cause, remedy=error.remedy, **last)
    return ended("finished" if drawn.is_whole else "stopped", **last)


def _view(request: MapRequest) -> ProjectionView:
    return ProjectionView(iterations=request.settings.iterations)


def _claims(request: MapRequest) -> Claims:
    return Claims(runs=(request.run_id,), keeps=MAPS)


SPEC = JobKind(
    name="projection",
    title="Map",
    summary="Draws a map of a run's codes step by step and keeps it with the run.",
    plural="maps",
    work=_work,
    view=_view,
    claims=_claims,
    resource="projection",
    superseded=("moved",),
    joins=True,
    lighter="Close other programs and draw it again.",
    order=20,
)
