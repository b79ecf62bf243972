"""Runs whose process did not get to say how they ended: nothing that was seen of them is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aecore.errors import RunStoreError
from aecore.experiment import Experiment
from aecore.progress import Event, ended
from aecore.runs import RunStore
from aecore.runs.endings import keep_ending
from aecore.training.events import epoch_ended, started
from tests.full_disk import full_disk

GONE = ended("interrupted", cause="The app ended.", remedy="Start again.")


@pytest.fixture
def run_id(store: RunStore, experiment: Experiment) -> str:
    """A run that is training, and has written its first epoch to MLflow."""
    found = store.create(experiment)
    store.claim(found)
    store.log_epochs(found, [epoch(1)])
    return found


def epoch(number: int) -> Event:
    """An epoch whose loss tells it from the others."""
    return epoch_ended(number, {"loss": 1.0 / number}, 0.5)


def told(experiment: Experiment, epochs: int) -> list[Event]:
    """What a worker tells of so many epochs."""
    begun = started(experiment.to_dict(), {"train": 8, "validation": 2, "test": 0}, 100)
    return [begun, *map(epoch, range(1, epochs + 1))]


@pytest.mark.parametrize(("written", "heard"), [(4, 0), (4, 3), (2, 4), (0, 4)])
def test_every_epoch_that_was_seen_is_kept(
    store: RunStore, experiment: Experiment, run_id: str, written: int, heard: int
) -> None:
    """Whether the worker had written more of them or the server had heard more, once each."""
    for event in told(experiment, written) if written else []:
        store.log_event(run_id, event)

    keep_ending(store, run_id, told(experiment, heard) if heard else [], GONE)

    losses = [1.0, 1 / 2, 1 / 3, 1 / 4]
    view, summary = store.view(run_id), store.summary(run_id)
    assert (view.state, view.cause, view.remedy) == ("interrupted", GONE["cause"], GONE["remedy"])
    assert view.history["loss"] == store.curves(run_id)["loss"] == losses
    assert summary.epochs == view.epochs_done == 4
    store.path(run_id, "events.jsonl").unlink()
    assert store.view(run_id).history["loss"] == losses


def test_a_run_that_ended_by_itself_keeps_its_own_end(
    store: RunStore, experiment: Experiment, run_id: str
) -> None:
    """Whoever was late to say that it is interrupted changes nothing."""
    store.end(run_id, "finished", {"measured_on": "training", "mse": 1.0})

    keep_ending(store, run_id, told(experiment, 1), GONE)

    assert store.summary(run_id).state == "finished"


def test_a_run_that_was_saved_whole_is_what_its_files_say(
    store: RunStore, run_id: str, files: Path
) -> None:
    """Its worker died between the last file and the word that it is done."""
    store.keep(run_id, files)

    keep_ending(store, run_id, [], GONE)

    summary, view = store.summary(run_id), store.view(run_id)
    assert (summary.state, summary.metrics["mse"], summary.cause) == ("finished", 0.25, "")
    assert (view.state, view.history["loss"]) == ("finished", [0.5])


def test_the_file_that_tells_the_end_arrives_last(
    store: RunStore, run_id: str, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a run whose saving was killed is not taken for whole."""
    (files / "snapshots.npz").write_bytes(b"later in the alphabet")
    arrived: list[str] = []
    replace = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda self, to: (arrived.append(self.name), replace(self, to))[1]
    )

    store.keep(run_id, files)

    assert arrived == ["samples.npz", "snapshots.npz", "events.jsonl"]


def test_what_a_full_disk_refused_is_kept_when_it_is_asked_again(
    store: RunStore, experiment: Experiment, run_id: str
) -> None:
    """As if nothing had been in the way."""
    with full_disk(), pytest.raises(RunStoreError, match="is full"):
        keep_ending(store, run_id, told(experiment, 3), GONE)

    keep_ending(store, run_id, told(experiment, 3), GONE)

    assert store.summary(run_id).state == "interrupted"
    assert store.view(run_id).epochs_done == store.summary(run_id).epochs == 3


def test_events_are_in_the_file_as_soon_as_they_are_told(
    store: RunStore, experiment: Experiment, run_id: str
) -> None:
    """All but progress, and a run that goes on is drawn from them."""
    for event in [*told(experiment, 2), {"event": "progress", "epoch": 3, "batch": 1}]:
        store.log_event(run_id, event)

    lines = store.path(run_id, "events.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["started", "epoch", "epoch"]
    assert (store.view(run_id).state, store.view(run_id).epochs_done) == ("running", 2)


def test_a_run_whose_worker_died_begins_again_once(
    store: RunStore, experiment: Experiment, run_id: str
) -> None:
    """With nothing of the first time; its curve is that of the second, also in MLflow."""
    for event in told(experiment, 3):
        store.log_event(run_id, event)
    store.log_epochs(run_id, [epoch(2), epoch(3)])

    assert store.begin_again(run_id, "another")
    summary = store.summary(run_id)
    assert summary.state == "queued" and summary.owner == "another"
    assert not store.names(run_id) and store.claim(run_id)

    again = [epoch_ended(number, {"loss": 2.0 / number}, 0.5) for number in (1, 2, 3, 4)]
    store.log_epochs(run_id, again)
    assert store.view(run_id).history["loss"] == [2.0, 1.0, 2 / 3, 0.5]
    assert not store.begin_again(run_id, "another") and store.summary(run_id).state == "running"
