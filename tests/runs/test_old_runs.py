"""Runs of earlier versions open whole: experiment, curve, samples, snapshots and models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import aecore
from aecore.errors import DataError
from aecore.experiment import Experiment
from aecore.experiment.migration import VERSION
from aecore.jobs.worker.exploring import reconstruct
from aecore.runs import RunStore, RunSummary
from aecore.training.snapshot_history import SnapshotHistory
from tests.old_runs import CORPUS, VERSIONS, unpacked
from tools.old_runs import COMMITS, EXPERIMENTS

MOST_BYTES = 300_000
RUNS = [(version, name) for version in VERSIONS for name in EXPERIMENTS[version]]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RunStore]:
    """Version -> its store."""
    return {v: unpacked(v, tmp_path_factory.mktemp(f"of-{v}")) for v in VERSIONS}


def run_of(store: RunStore, name: str) -> RunSummary:
    """A run by its name."""
    return next(run for run in store.summaries() if run.name == name)


def holds(tree: Any, asked: Any) -> bool:
    """Whether a tree has everything that was asked for."""
    if not isinstance(asked, dict):
        return bool(tree == asked)
    return all(name in tree and holds(tree[name], value) for name, value in asked.items())


def test_every_version_has_its_runs() -> None:
    """A small archive for each version that was ever given away."""
    assert set(VERSIONS) == COMMITS.keys() >= {"0.2", "0.3", "0.4"}
    assert all(path.stat().st_size <= MOST_BYTES for path in CORPUS.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
def test_runs_of_a_version_are_listed(stores: dict[str, RunStore], version: str) -> None:
    """Those that finished and the one that a crash ended, with state, data and figures."""
    listed = {run.name: run for run in stores[version].summaries()}

    assert listed.keys() == {*EXPERIMENTS[version], "Interrupted"}
    assert listed.pop("Interrupted").state == "interrupted"
    for run in listed.values():
        assert (run.state, run.epochs) == ("finished", 2)
        assert run.metrics["mse"] > 0 and run.seconds > 0


@pytest.mark.parametrize(("version", "name"), RUNS)
def test_the_experiment_of_a_run_is_migrated(
    stores: dict[str, RunStore], version: str, name: str
) -> None:
    """It is valid, says what it was trained with, and nothing in it is unknown or lost."""
    run = run_of(stores[version], name)

    assert run.experiment.notes == ()
    experiment = run.experiment.valid()
    assert holds(experiment.to_dict(), EXPERIMENTS[version][name])
    assert experiment.to_dict()["version"] == VERSION
    kept = stores[version].path(run.run_id, "experiment.json").read_bytes()
    assert Experiment.from_json(kept) == experiment


@pytest.mark.parametrize(("version", "name"), RUNS)
def test_a_run_opens_whole(stores: dict[str, RunStore], version: str, name: str) -> None:
    """Curve, snapshot event, samples and film are there and go together."""
    store, run = stores[version], run_of(stores[version], name)
    view, samples = store.view(run.run_id), store.samples(run.run_id)
    film = SnapshotHistory.load(store.path(run.run_id, "snapshots.npz"))

    assert (view.state, view.epochs_done, view.epochs_planned) == ("finished", 2, 2)
    assert view.experiment.is_whole and view.snapshot is not None and view.yardsticks is not None
    assert {"loss", "val_loss"} <= view.history.keys()
    assert store.curves(run.run_id)["loss"] == view.history["loss"]
    assert samples.code.shape == (len(samples.original), run.experiment.encoding_dim)
    assert film.epochs[-1] == 2 and film.original.shape[1:] == samples.original.shape[1:]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_run_that_a_crash_ended_shows_its_curve(
    stores: dict[str, RunStore], version: str
) -> None:
    """From its metrics, with the reason that the store has."""
    view = stores[version].view(run_of(stores[version], "Interrupted").run_id)

    assert (view.state, view.cause) == ("interrupted", "The app ended.")
    assert (view.history["loss"], view.epoch_seconds) == ([0.5], (0.125,))


@pytest.mark.parametrize(("version", "name"), RUNS)
def test_the_models_of_a_run_work(stores: dict[str, RunStore], version: str, name: str) -> None:
    """Encoder and decoder give the codes and reconstructions that were kept."""
    store, run = stores[version], run_of(stores[version], name)
    samples, label, rows = store.samples(run.run_id), None, slice(None)
    if run.experiment.tree.model.conditional:
        assert samples.label is not None
        label = int(samples.label[0])
        rows = samples.label == label

    codes, made = reconstruct(run.run_id, samples.original[rows], label, store.location)

    # What was kept has three digits.
    np.testing.assert_allclose(codes, samples.code[rows], rtol=0.01, atol=0.01)
    np.testing.assert_allclose(made, samples.reconstruction[rows], rtol=0.01, atol=0.01)


@pytest.mark.parametrize(("version", "name"), RUNS)
def test_a_run_is_applied_to_rows_again(
    stores: dict[str, RunStore], version: str, name: str
) -> None:
    """Its preparation is fitted again; its whole model, but that of 0.1, gives the kept codes."""
    store, run = stores[version], run_of(stores[version], name)
    result = aecore.load(store.folder(run.run_id))

    assert result.experiment == run.experiment.tree
    assert result.preparation.sample_shape == result.samples.original.shape[1:]
    if version == "0.1":
        with pytest.raises(DataError, match="The model of this run cannot be read"):
            result.encode(result.samples.original)
        return
    codes = result.encode(result.samples.original, result.samples.label)
    np.testing.assert_allclose(codes, result.samples.code, rtol=0.01, atol=0.01)


def test_a_store_of_an_earlier_version_takes_new_runs(tmp_path: Path) -> None:
    """Old and new ones stand side by side, and the old ones can be deleted."""
    store = unpacked("0.2", tmp_path)
    old = store.summaries()
    new = store.create(Experiment(), "New")

    for run in old:
        store.delete(run.run_id)

    assert [run.run_id for run in store.summaries()] == [new]
