"""A kind of job that the app does not have: it doubles numbers, and keeps them with a run."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aecore.jobs.kind import Claims, JobKind, Work
from aecore.progress import Event, JobView, ended, started

FILE = "doubled.json"


@dataclass(frozen=True)
class DoublingRequest:
    """How many numbers to double, and for which run."""

    run_id: str
    count: int


@dataclass(frozen=True)
class DoublingView(JobView):
    """How many of how many numbers are doubled."""

    done: int = 0
    count: int = 0

    @property
    def share_done(self) -> float | None:
        """Of the numbers."""
        return self.done / self.count

    def changes(self, event: Event) -> dict[str, Any]:
        """Each `doubled` counts."""
        return {"done": event["done"]} if event["event"] == "doubled" else {}


def _work(work: Work, request: DoublingRequest) -> Event:
    work.tell(started())
    doubled: list[int] = []
    for number in range(request.count):
        if work.should_stop():
            break
        doubled.append(2 * number)
        if work.is_due() or len(doubled) == request.count:
            work.tell({"event": "doubled", "done": len(doubled)})
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, FILE).write_text(json.dumps(doubled[-3:]), "utf-8")
        work.store.keep(request.run_id, Path(folder))
    return ended("finished" if len(doubled) == request.count else "stopped")


def _view(request: DoublingRequest) -> DoublingView:
    return DoublingView(count=request.count)


def _claims(request: DoublingRequest) -> Claims:
    return Claims(runs=(request.run_id,))


SPEC = JobKind(
    name="doubling",
    title="Doubling",
    summary="Doubles numbers.",
    plural="doublings",
    work=_work,
    view=_view,
    claims=_claims,
    resource="inspection",
    superseded=("doubled",),
    joins=True,
)
