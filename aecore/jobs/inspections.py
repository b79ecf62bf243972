"""How far is the check of a data set?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aecore.training.events import ENDINGS, Event


@dataclass(frozen=True)
class InspectionView:
    """An inspection as its events so far tell it; immutable.

    The sheet itself is in `aecore.data.profile.stored_sheets` once the state is `finished`.

    Attributes:
        state: `queued`, `running`, `finished`, `stopped`, `failed` or `interrupted`.
        doing: `Downloading`, `Reading` or `Checking`; empty before it runs.
        done: bytes of a download that are here.
        total: bytes of a download in all; 0 for what cannot be counted.
        cause: what went wrong, for a failed or interrupted inspection.
        remedy: what to do about it.
    """

    state: str = "queued"
    doing: str = ""
    done: int = 0
    total: int = 0
    cause: str = ""
    remedy: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDINGS

    def after(self, event: Event) -> InspectionView:
        """The view with one more event."""
        return replace(self, **_changes(event))


def started() -> Event:
    """The inspection has begun."""
    return {"event": "started"}


def progress(doing: str, done: int = 0, total: int = 0) -> Event:
    """What is being done and, for a download, how many bytes of how many are here."""
    return {"event": "progress", "doing": doing, "done": done, "total": total}


def _changes(event: Event) -> dict[str, Any]:
    name = event["event"]
    if name == "started":
        return {"state": "running"}
    plain = ("doing", "done", "total", "cause", "remedy")
    changes: dict[str, Any] = {key: event[key] for key in plain if key in event}
    return changes | ({"state": name} if name in ENDINGS else {})
