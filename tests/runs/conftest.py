"""A run store of its own for each test, and files as a finished run leaves them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from aecore.evaluation.samples import Samples
from aecore.experiment import Experiment
from aecore.runs import RunStore
from aecore.training import events


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh store, made once: MLflow's migrations take more than a second."""
    home = tmp_path_factory.mktemp("template")
    RunStore(home).open()
    return home


@pytest.fixture
def store(tmp_path: Path, template: Path) -> RunStore:
    """An empty store in a folder of its own."""
    home = tmp_path / "runs"
    home.mkdir()
    (home / "mlflow.db").write_bytes((template / "mlflow.db").read_bytes())
    return RunStore(home)


@pytest.fixture
def experiment() -> Experiment:
    """A small experiment."""
    return Experiment.from_dict({"data": {"source": "digits"}, "training": {"epochs": 3}})


@pytest.fixture
def files(tmp_path: Path, experiment: Experiment) -> Path:
    """A folder as a finished run leaves it, in what the store reads of it."""
    folder = tmp_path / "files"
    folder.mkdir()
    happened = [
        events.started(experiment.to_dict(), {"train": 8, "validation": 2, "test": 0}, 100),
        events.epoch_ended(1, {"loss": 0.5, "val_loss": 0.6}, 0.1),
        events.yardsticks("validation", {"mean": 0.7, "pca": 0.3}),
        events.ended("finished", metrics={"measured_on": "validation", "mse": 0.25}),
    ]
    (folder / "events.jsonl").write_text("\n".join(json.dumps(event) for event in happened))
    samples().save(folder / "samples.npz")
    return folder


def samples() -> Samples:
    """Four samples of a small image."""
    image = np.linspace(0, 1, 16, dtype=np.float32).reshape(4, 2, 2, 1)
    return Samples(
        measured_on="validation",
        kind="image",
        index=np.arange(4),
        original=image,
        reconstruction=image / 2,
        code=np.arange(8, dtype=np.float32).reshape(4, 2),
        error=np.square(image / 2).reshape(4, -1).mean(axis=1),
        label=np.array([0, 1, 0, 1]),
        class_names=("a", "b"),
        feature_names=(),
        display_range=(0.0, 1.0),
        total=4,
    )
