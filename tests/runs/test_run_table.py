"""Is the list of runs always that of MLflow, and read anew only where it changed?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from mlflow import MlflowClient

from aecore.experiment import Experiment
from aecore.runs import RunStore, layout, run_table
from aecore.runs.run_table import RunTable
from aecore.training.events import epoch_ended


def named(store: RunStore) -> list[str]:
    """The names of the runs, as listed."""
    return [run.name for run in store.summaries()]


def test_the_list_says_of_each_run_what_the_run_says(
    store: RunStore, experiment: Experiment, files: Path
) -> None:
    """Runs in every state, with figures, sentences and an owner."""
    states = ("finished", "stopped", "failed", "interrupted", "queued")
    for state in states:
        run_id = store.create(experiment.replace({"seed": len(state)}), state, owner="me")
        if state == "queued":
            continue
        store.claim(run_id)
        store.log_epochs(run_id, [epoch_ended(1, {"loss": 0.5, "val_loss": float("nan")}, 0.1)])
        figures = {"measured_on": "validation", "mse": 0.25, "data_digest": "sha256:1"}
        store.end(run_id, state, figures, "A cause.", "A remedy.")

    listed = store.summaries()

    assert [run.state for run in listed] == [*reversed(states)]
    assert listed == [store.summary(run.run_id) for run in listed]


def test_only_what_changed_is_read_anew(
    store: RunStore, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each click would take seconds with a thousand runs."""
    for number in range(5):
        store.end(store.create(experiment, f"Run {number}"), "finished")
    going_on = store.create(experiment, "Going on")
    read: list[str] = []
    summary = layout.summary
    monkeypatch.setattr(
        run_table.layout, "summary", lambda run: read.append(run.info.run_name) or summary(run)
    )
    store.summaries()
    assert len(read) == 6
    read.clear()
    store.summaries()
    assert read == ["Going on"]
    read.clear()
    store.end(going_on, "finished")
    store.rename(store.summaries()[-1].run_id, "Renamed")
    read.clear()
    assert named(store)[-1] == "Renamed"
    assert read == ["Renamed"]


def test_what_others_change_is_seen_at_once(store: RunStore, experiment: Experiment) -> None:
    """A run that another process adds, renames, tags, or deletes, also in MLflow's own screens."""
    first = store.create(experiment, "First")
    store.end(first, "failed", cause="It diverged.")
    assert named(store) == ["First"]
    other = RunStore(store.home)
    second = other.create(experiment, "Second")
    assert named(store) == ["Second", "First"]
    client = MlflowClient(f"sqlite:///{store.home}/mlflow.db")
    client.set_tag(first, layout.CAUSE_TAG, "The disk was full.")
    assert store.summaries()[1].cause == "The disk was full."
    client.set_tag(first, layout.EXPERIMENT_TAG, "[")
    assert not store.summaries()[1].experiment.is_whole
    other.end(second, "stopped")
    assert store.summaries()[0].state == "stopped"
    other.delete(second)
    assert named(store) == ["First"]


def test_another_file_in_its_place_is_read(store: RunStore, experiment: Experiment) -> None:
    """Such as a copy of yesterday's that was put back."""
    database = store.home / "mlflow.db"
    earlier = database.with_name("earlier.db")
    store.end(store.create(experiment, "Kept"), "finished")
    earlier.write_bytes(database.read_bytes())
    store.end(store.create(experiment, "Lost"), "finished")
    assert named(store) == ["Lost", "Kept"]
    earlier.replace(database)
    assert named(store) == ["Kept"]


def test_tables_of_another_layout_are_left_to_mlflow(
    store: RunStore, experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version of MLflow may keep its runs in another way."""
    monkeypatch.setattr(run_table, "RUNS", run_table.RUNS.replace("lifecycle_stage", "stage"))
    store.create(experiment, "Listed all the same")

    assert named(store) == ["Listed all the same"]


def test_a_missing_file_is_an_error_of_the_database(tmp_path: Path) -> None:
    """The store then asks MLflow, which says in words what is wrong."""
    with pytest.raises(sqlite3.Error):
        RunTable(tmp_path / "mlflow.db").summaries("1")
