"""`JobView`: how far a piece of work is, as the events that it tells have it.

An event is a small dict with its name under `event`. Every piece of work that is watched tells
`started`, events of its own kind, and one of `ENDINGS` as its last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

Event = dict[str, Any]
Emit = Callable[[Event], None]
ShouldStop = Callable[[], bool]

STARTED = "started"
ENDINGS = ("finished", "stopped", "failed", "interrupted")


def started(**details: Any) -> Event:
    """The first event."""
    return {"event": STARTED, **details}


def ended(name: str, **details: Any) -> Event:
    """The last event, one of `ENDINGS`; `failed` and `interrupted` have `cause` and `remedy`."""
    return {"event": name, **details}


@dataclass(frozen=True)
class JobView:
    """The base of every view: a state that events change; immutable.

    Attributes:
        state: `queued`, `running`, `finished`, `stopped`, `failed` or `interrupted`.
        cause: what went wrong, for failed or interrupted work.
        remedy: what to do about it.
    """

    state: str = "queued"
    cause: str = ""
    remedy: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDINGS

    @property
    def share_done(self) -> float | None:
        """How much of the work is done, from 0 to 1; None while that cannot be said."""
        return None

    def after(self, event: Event) -> Self:
        """The view with one more event; of an unknown name, it changes nothing by itself."""
        return replace(self, **_common(event), **self.changes(event))

    def changes(self, event: Event) -> dict[str, Any]:
        """What an event changes beside state, cause and remedy; for each kind to say."""
        return {}


def _common(event: Event) -> dict[str, Any]:
    name = event["event"]
    if name == STARTED:
        return {"state": "running"}
    if name in ENDINGS:
        return {"state": name, **{key: event[key] for key in ("cause", "remedy") if key in event}}
    return {}
