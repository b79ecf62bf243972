"""`EventLog`: what has been told of a job so far, on either side of the wire."""

from __future__ import annotations

import threading
from typing import Any, Generic

from aecore.jobs.kind import View
from aecore.progress import Event

Message = dict[str, Any]


class EventLog(Generic[View]):
    """The numbered events of one job, folded into a view; for use by many threads.

    Args:
        view: the view before the first event.
        superseded: names of events of which only the latest is kept.
    """

    def __init__(self, view: View, superseded: tuple[str, ...] = ()) -> None:
        self._lock = threading.Lock()
        self._superseded = superseded
        self._messages: list[Message] = []
        self._held: list[Message] | None = None
        self._number = 0
        self._view = view

    @property
    def view(self) -> View:
        """The job as its events so far tell it."""
        with self._lock:
            return self._view

    def replace(self, view: View) -> None:
        """Let a view from elsewhere, such as the run store, stand in for the events."""
        with self._lock:
            self._view = view

    def restart(self, view: View) -> None:
        """Hear another process from its first event on; what was told so far stays known."""
        with self._lock:
            self._number, self._view = 0, view

    def begin_again(self, view: View) -> None:
        """Hear another process from its first event on, and forget what was told so far."""
        with self._lock:
            self._number, self._view, self._messages = 0, view, []

    def messages(self) -> list[Message]:
        """The events so far, each with its number."""
        with self._lock:
            return list(self._messages)

    def events(self) -> list[Event]:
        """The events so far."""
        return [message["event"] for message in self.messages()]

    def tell(self, event: Event) -> Message:
        """Add the next event; the event with its number."""
        with self._lock:
            message = {"number": self._number + 1, "event": event}
            self._add(message)
            return message

    def hear(self, message: Message) -> None:
        """Add a numbered event of another process, unless it is known already."""
        with self._lock:
            if self._held is not None:
                self._held.append(message)
            else:
                self._add(message)

    def hold(self) -> None:
        """Put what is heard aside until `catch_up` brings what came before it."""
        with self._lock:
            self._held = []

    def catch_up(self, before: list[Message]) -> None:
        """Add what was missed, then what was put aside."""
        with self._lock:
            held, self._held = self._held or [], None
            for message in [*before, *held]:
                self._add(message)

    def _add(self, message: Message) -> None:
        if message["number"] <= self._number:
            return
        name = message["event"]["event"]
        if name in self._superseded:
            self._messages = [m for m in self._messages if m["event"]["event"] != name]
        self._messages.append(message)
        self._number = message["number"]
        self._view = self._view.after(message["event"])
