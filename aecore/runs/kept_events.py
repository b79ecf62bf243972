"""`kept_events`: the events in a run's file that hold what their names promise.

A file may have been cut short, edited, or written by an earlier version. What is no event, or
lacks something that `RunView` takes from it, is left out here, so that nothing later need ask.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from aecore.training.events import ENDINGS, Event

Count = Annotated[int, Field(ge=0)]
Several = Annotated[int, Field(ge=1)]
# A number, a name, or a list of numbers, one of each unit of the code; None where there is none.
Figure = float | int | str | list[float | int | None] | None


class _Checked(BaseModel):
    """What must be there; more may be."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _Started(_Checked):
    # Parsed where it is used, by `StoredExperiment`, which takes anything.
    experiment: Any
    rows: dict[str, Count]
    parameters: Count


class _Progress(_Checked):
    epoch: Several
    batch: Count
    batches: Several


class _Epoch(_Checked):
    epoch: Several
    seconds: Annotated[float, Field(ge=0)]
    logs: dict[str, float]


class _Yardsticks(_Checked):
    values: dict[str, float]


class _Probe(_Checked):
    kind: str
    measured_on: str


class _Map(_Checked):
    points: dict[str, Any]
    dimension: Several


class _Snapshot(_Checked):
    epoch: Count
    probe: _Probe
    map: _Map


class _Ending(_Checked):
    metrics: dict[str, Figure] = {}
    cause: str = ""
    remedy: str = ""


CHECKS: dict[str, type[_Checked]] = {
    "started": _Started,
    "progress": _Progress,
    "epoch": _Epoch,
    "yardsticks": _Yardsticks,
    "snapshot": _Snapshot,
    **dict.fromkeys(ENDINGS, _Ending),
}


def kept_events(path: Path) -> Iterator[Event]:
    """The events of a file with one JSON object a line; nothing if it cannot be read."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                event = _event(line)
                if event is not None:
                    yield event
    except OSError:
        return


def _event(line: str) -> Event | None:
    try:
        event = json.loads(line)
        CHECKS[event["event"]].model_validate(event)
    except (ValueError, TypeError, KeyError, RecursionError):
        # A process was killed while it wrote, or someone edited the file.
        return None
    return dict(event)
