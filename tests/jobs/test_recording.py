"""Does a log keep what is drawn, in order and once?"""

from __future__ import annotations

from aecore.jobs.recording import EventLog
from aecore.runs.run_view import RunView
from aecore.training.events import ended, epoch_ended, progress


def log() -> EventLog[RunView]:
    """A log as the server keeps it."""
    return EventLog(RunView(), superseded=("progress", "snapshot"))


def messages(epochs: int) -> list[dict[str, object]]:
    """Numbered epoch events."""
    return [
        {"number": n, "event": epoch_ended(n, {"loss": 1 / n}, 0.1)} for n in range(1, epochs + 1)
    ]


def test_only_the_latest_progress_is_kept() -> None:
    """A long run does not fill the memory; what is drawn stays."""
    found = log()
    for batch in range(1, 100):
        found.tell(progress(1, batch, 100, 0.5, 1.0))
    found.tell(epoch_ended(1, {"loss": 0.5}, 1.0))

    assert [event["event"] for event in found.events()] == ["progress", "epoch"]
    assert found.view.progress is not None
    assert found.view.progress["batch"] == 99
    assert found.view.history == {"loss": [0.5]}


def test_a_message_that_comes_twice_counts_once() -> None:
    """As after a reconnection."""
    found = log()
    for message in [*messages(3), *messages(2)]:
        found.hear(message)

    assert found.view.epochs_done == 3


def test_what_is_heard_while_holding_comes_after_what_was_missed() -> None:
    """A server that comes late misses nothing and counts nothing twice."""
    found, all_of_them = log(), messages(5)
    found.hold()
    for message in all_of_them[3:]:
        found.hear(message)
    assert found.view.epochs_done == 0

    found.catch_up(all_of_them[:4])
    found.hear({"number": 6, "event": ended("finished", metrics={})})

    assert found.view.history == {"loss": [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]}
    assert found.view.state == "finished"
