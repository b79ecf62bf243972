"""Maps that a run keeps, in a folder and where MLflow keeps the files."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from aecore.errors import LatentError, RunStoreError
from aecore.experiment import Experiment
from aecore.latent.maps.settings import MapSettings
from aecore.latent.maps.stored import StoredMap
from aecore.runs import RunStore, maps
from aecore.runs.maps import keep_map, kept_maps, load_map

SETTINGS = MapSettings("tsne", 2, 500, 0, (("perplexity", 30),))


@pytest.fixture(params=["folder", "elsewhere"])
def kept_in(
    request: pytest.FixtureRequest, store: RunStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> RunStore:
    """A store in a folder, and one whose files are MLflow's to keep, with copies here."""
    if request.param == "folder":
        return store
    # Beside a database that is named, MLflow keeps files in the folder where it was started.
    monkeypatch.chdir(tmp_path)
    return RunStore(tmp_path / "here", f"sqlite:///{store.home}/mlflow.db")


@pytest.fixture
def run_id(kept_in: RunStore, experiment: Experiment) -> str:
    """A finished run."""
    run = kept_in.create(experiment)
    kept_in.end(run, "finished")
    return run


def drawn(seed: int = 0, iterations: int = 500) -> StoredMap:
    """A map of a few points."""
    points = np.random.default_rng(seed).normal(size=(8, 2)).astype(np.float32)
    return StoredMap(dataclasses.replace(SETTINGS, seed=seed), points, iterations)


def test_a_map_is_found_by_a_store_that_is_opened_later(kept_in: RunStore, run_id: str) -> None:
    """The newest first, each with the digest of its settings and all its points."""
    names = [keep_map(kept_in, run_id, drawn(seed)).name for seed in (3, 1, 2)]

    later = RunStore.at(kept_in.location)
    found = kept_maps(later, run_id)

    assert [each.name for each in found] == names[::-1]
    assert [each.digest for each in found] == [drawn(seed).settings.digest for seed in (2, 1, 3)]
    loaded = load_map(later, run_id, found[0].name)
    np.testing.assert_array_equal(loaded.points, drawn(2).points)
    assert loaded.settings == drawn(2).settings
    assert kept_maps(later, later.create(Experiment())) == []


def test_the_oldest_are_removed(
    kept_in: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run keeps so many, and other files stay."""
    monkeypatch.setattr(maps, "MAPS_KEPT", 3)
    (other := kept_in.home / "notes.txt").parent.mkdir(exist_ok=True)
    other.write_text("mine")
    folder = kept_in.home / "given"
    folder.mkdir()
    other.rename(folder / "notes.txt")
    kept_in.keep(run_id, folder)

    names = [keep_map(kept_in, run_id, drawn(seed)).name for seed in range(5)]

    assert [each.name for each in kept_maps(kept_in, run_id)] == names[:1:-1]
    with pytest.raises(LatentError, match="cannot be read"):
        load_map(kept_in, run_id, names[0])
    assert kept_in.path(run_id, "notes.txt").read_text() == "mine"


def test_a_map_takes_the_place_of_one_with_its_settings(kept_in: RunStore, run_id: str) -> None:
    """A whole one that of any; one that was stopped that of another, never of a whole one."""
    for iterations in (60, 120):
        keep_map(kept_in, run_id, drawn(iterations=iterations))
    [stopped] = kept_maps(kept_in, run_id)
    assert (stopped.is_whole, load_map(kept_in, run_id, stopped.name).iterations) == (False, 120)

    whole = [keep_map(kept_in, run_id, drawn()) for _ in range(2)][1]
    assert kept_maps(kept_in, run_id) == [whole]

    keep_map(kept_in, run_id, drawn(iterations=60))
    assert [each.is_whole for each in kept_maps(kept_in, run_id)] == [False, True]


def test_maps_go_with_their_run(kept_in: RunStore, run_id: str) -> None:
    """And none can be kept with a run that is gone."""
    name = keep_map(kept_in, run_id, drawn()).name
    copy = load_map(kept_in, run_id, name)
    kept_in.delete(run_id)

    with pytest.raises(RunStoreError, match="There is no run"):
        keep_map(kept_in, run_id, copy)

    if kept_in.is_local:
        assert not kept_in.path(run_id, name).parent.exists()
    else:
        assert not (kept_in.home / "cache" / run_id).exists()
