"""`keep_ending`: how a run that did not get to say so ends in the store, with all known of it."""

from __future__ import annotations

from collections.abc import Sequence

from aecore.progress import ENDINGS, Event
from aecore.runs.artifacts import EVENTS
from aecore.runs.kept_events import kept_events
from aecore.runs.run_view import RunView
from aecore.runs.store import RunStore
from aecore.training.files import write_events, write_history


def keep_ending(store: RunStore, run_id: str, told: Sequence[Event], last: Event) -> None:
    """Mark a run as ended, and keep all epochs of it that anybody was told.

    A run that has ended keeps its own end, and so does one that was saved whole, whose worker died
    before it could say so. May be asked again after it was refused.

    Args:
        told: the run's events as far as the caller heard them; more may be in its file.
        last: the end, unless it has one of its own.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    summary = store.summary(run_id)
    if summary.ended:
        return
    written = list(kept_events(store.path(run_id, EVENTS)))
    saved = next((event for event in reversed(written) if event["event"] in ENDINGS), None)
    heard = [event for event in told if event["event"] not in ENDINGS]
    events = max(written, heard, key=_epochs)
    # A server that has the curve alone, from a process that was killed elsewhere, keeps it so.
    if saved is None and events:
        with store.keeping(run_id) as folder:
            write_events([*events, last], folder / EVENTS)
            write_history(RunView.of(events).history, folder / "history.csv")
    log_missing_epochs(store, run_id, events)
    end = saved or last
    sentences = {key: end.get(key, "") for key in ("cause", "remedy")}
    store.end(run_id, end["event"], end.get("metrics"), **sentences)


def log_missing_epochs(store: RunStore, run_id: str, events: Sequence[Event]) -> None:
    """Write the epochs among these events that the run's metrics lack.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    known = store.summary(run_id).epochs
    epochs = [event for event in events if event["event"] == "epoch"]
    store.log_epochs(run_id, [epoch for epoch in epochs if epoch["epoch"] > known])


def _epochs(events: Sequence[Event]) -> int:
    return sum(event["event"] == "epoch" for event in events)
